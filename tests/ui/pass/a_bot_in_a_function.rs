use b24_runtime::prelude::*;

fn main() {
    struct Parrot;

    #[bot(code = "parrot", name = "Parrot")]
    impl Parrot {
        #[command("say", hidden)]
        async fn say(&self, _cx: &CommandCx, times: Option<u32>, #[rest] text: String) -> String {
            text.repeat(times.unwrap_or(1) as usize)
        }
    }

    let _ = cmd::Say { times: None, text: String::new() };
    let _ = Parrot::router();
}
