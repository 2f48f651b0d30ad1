use super::*;

#[test]
fn a_handler_is_bound_and_unbound() {
    assert_sends(
        api::event::bind("OnAppUpdate", HANDLER).auth_type(1),
        "event.bind",
        json!({"event": "OnAppUpdate", "handler": HANDLER, "auth_type": 1}),
    );
    assert_sends(
        api::event::unbind("OnAppUpdate", HANDLER),
        "event.unbind",
        json!({"event": "OnAppUpdate", "handler": HANDLER}),
    );
}

#[test]
fn what_takes_no_parameters_sends_none() {
    assert_sends(api::event::get(), "event.get", json!({}));
    assert_sends(api::app::info(), "app.info", json!({}));
    assert_sends(api::im::revision::get(), "im.revision.get", json!({}));
}
