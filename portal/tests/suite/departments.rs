use serde_json::{Value, json};

use crate::person::Person;

async fn admin() -> Person {
    Person::admin(&["department", "user", "im"]).await
}

impl Person {
    async fn department(&self, name: &str, parent: u64, head: Option<u64>) -> u64 {
        let params = json!({"NAME": name, "PARENT": parent, "UF_HEAD": head});
        self.ok("department.add", params).await.as_u64().expect("a department id")
    }

    /// Puts somebody into departments.
    async fn place(&self, user: u64, departments: &[u64]) {
        self.ok("user.update", json!({"ID": user, "UF_DEPARTMENT": departments})).await;
    }

    async fn departments(&self, params: Value) -> Vec<String> {
        let found = self.ok("department.get", params).await;
        let names = found.as_array().expect("departments").iter();
        names.map(|department| department["NAME"].as_str().expect("a name").to_owned()).collect()
    }
}

#[tokio::test]
async fn a_portal_has_one_department_at_the_top() {
    let admin = admin().await;

    assert_eq!(admin.ok("department.get", json!({})).await, json!([{"ID": "1", "NAME": "Local portal", "SORT": 500}]));
    for parent in [json!(0), json!(""), json!(77)] {
        assert_eq!(admin.error("department.add", json!({"NAME": "Second", "PARENT": parent})).await, "ERROR_CORE");
    }
    assert_eq!(admin.error("department.delete", json!({"ID": 1})).await, "ERROR_CORE");
}

#[tokio::test]
async fn a_department_needs_a_name() {
    let admin = admin().await;
    assert_eq!(admin.error("department.add", json!({"PARENT": 1})).await, "ERROR_CORE");
}

#[tokio::test]
async fn departments_are_chosen_by_their_fields_and_sorted() {
    let admin = admin().await;
    let sales = admin.department("Sales", 1, Some(1)).await;
    admin.department("Accounting", 1, None).await;
    admin.ok("department.update", json!({"ID": sales, "SORT": 10})).await;

    assert_eq!(admin.departments(json!({"PARENT": 1, "sort": "NAME"})).await, ["Accounting", "Sales"]);
    assert_eq!(
        admin.departments(json!({"sort": "NAME", "order": "DESC"})).await,
        ["Sales", "Local portal", "Accounting"]
    );
    assert_eq!(admin.departments(json!({"NAME": "Sales"})).await, ["Sales"]);
    assert_eq!(admin.departments(json!({"NAME": "Sal"})).await, [""; 0]);
    assert_eq!(admin.departments(json!({"SORT": 10})).await, ["Sales"]);
    assert_eq!(admin.departments(json!({"UF_HEAD": 1})).await, ["Sales"]);
    assert_eq!(
        admin.ok("department.get", json!({"ID": sales})).await,
        json!([{"ID": sales.to_string(), "NAME": "Sales", "SORT": 10, "PARENT": "1", "UF_HEAD": "1"}])
    );
}

#[tokio::test]
async fn departments_come_by_fifty() {
    let admin = admin().await;
    for number in 1..=60 {
        admin.department(&format!("Team {number}"), 1, None).await;
    }

    let first = admin.answer("department.get", json!({})).await;
    assert_eq!((first["result"].as_array().map(Vec::len), &first["next"]), (Some(50), &json!(50)));
    assert_eq!(first["total"], 61);
    let second = admin.answer("department.get", json!({"START": 50})).await;
    assert_eq!((second["result"].as_array().map(Vec::len), &second["next"]), (Some(11), &Value::Null));
}

#[tokio::test]
async fn a_department_cannot_stand_below_itself() {
    let admin = admin().await;
    let sales = admin.department("Sales", 1, None).await;
    let team = admin.department("Team", sales, None).await;

    assert_eq!(admin.error("department.update", json!({"ID": sales, "PARENT": team})).await, "ERROR_CORE");
    assert_eq!(admin.error("department.update", json!({"ID": 77, "NAME": "None"})).await, "ERROR_CORE");
    assert_eq!(admin.ok("department.update", json!({"ID": team, "PARENT": 1, "NAME": "Club"})).await, true);
    assert_eq!(admin.departments(json!({"PARENT": 1})).await, ["Sales", "Club"]);
}

#[tokio::test]
async fn what_was_in_a_deleted_department_moves_up() {
    let admin = admin().await;
    let sales = admin.department("Sales", 1, None).await;
    let team = admin.department("Team", sales, None).await;
    let ann = admin.colleague("Ann Lee");
    admin.place(ann.id(), &[sales]).await;

    assert_eq!(admin.ok("department.delete", json!({"ID": sales})).await, true);
    assert_eq!(admin.ok("department.get", json!({"ID": team})).await[0]["PARENT"], "1");
    assert_eq!(ann.ok("im.user.get", json!({})).await["departments"], json!([1]));
    assert_eq!(admin.error("department.delete", json!({"ID": sales})).await, "ERROR_CORE");
}

#[tokio::test]
async fn only_administrators_change_the_structure() {
    let admin = admin().await;
    let ann = Person::with_scopes(admin.portal(), admin.portal().user("Ann Lee"), &["department"]);

    for (method, params) in [
        ("department.add", json!({"NAME": "Sales", "PARENT": 1})),
        ("department.update", json!({"ID": 1, "NAME": "Sales"})),
        ("department.delete", json!({"ID": 1})),
    ] {
        assert_eq!(ann.error(method, params).await, "ERROR_CORE", "{method}");
    }
    assert_eq!(ann.ok("department.fields", json!({})).await["UF_HEAD"], "Head");
}

#[tokio::test]
async fn the_messenger_tells_a_department_with_all_above_it() {
    let admin = admin().await;
    let ann = admin.colleague("Ann Lee");
    let sales = admin.department("Sales", 1, Some(ann.id())).await;

    let brief = json!({"id": sales, "name": "Sales", "full_name": "Sales / Local portal", "manager_user_id": ann.id()});
    assert_eq!(admin.ok("im.department.get", json!({"ID": [sales, 77]})).await, json!([brief]));
    let told = admin.ok("im.department.get", json!({"ID": format!("[{sales}]"), "USER_DATA": "Y"})).await;
    assert_eq!(told[0]["manager_user_data"]["name"], "Ann Lee");
    assert_eq!(admin.error("im.department.get", json!({})).await, "INVALID_FORMAT");
    assert_eq!(admin.error("im.department.get", json!({"ID": 5})).await, "INVALID_FORMAT");
}

#[tokio::test]
async fn employees_and_heads_stand_under_their_departments() {
    let admin = admin().await;
    let (ann, bob) = (admin.colleague("Ann Lee"), admin.colleague("Bob Ray"));
    let sales = admin.department("Sales", 1, Some(ann.id())).await;
    admin.place(bob.id(), &[sales]).await;

    let ids = json!({"ID": [sales]});
    assert_eq!(ann.ok("im.department.employees.get", ids.clone()).await, json!({sales.to_string(): [bob.id()]}));
    assert_eq!(ann.ok("im.department.managers.get", ids.clone()).await, json!({sales.to_string(): [ann.id()]}));
    let told = ann.ok("im.department.employees.get", json!({"ID": [sales], "USER_DATA": "Y"})).await;
    assert_eq!(told[sales.to_string()][0]["name"], "Bob Ray");
    for method in ["im.department.employees.get", "im.department.managers.get"] {
        assert_eq!(ann.error(method, json!({})).await, "ID_EMPTY", "{method}");
    }
}

#[tokio::test]
async fn a_head_has_its_people_and_all_other_heads_as_colleagues() {
    let admin = admin().await;
    let people: Vec<Person> =
        ["Ann Lee", "Bob Ray", "Cid Fox", "Dan Oak"].into_iter().map(|name| admin.colleague(name)).collect();
    let [ann, bob, cid, dan] = people.as_slice() else { unreachable!("four people") };
    let sales = admin.department("Sales", 1, Some(ann.id())).await;
    let team = admin.department("Team", sales, None).await;
    let law = admin.department("Law", 1, Some(dan.id())).await;
    admin.place(ann.id(), &[sales]).await;
    admin.place(bob.id(), &[team]).await;
    admin.place(cid.id(), &[team]).await;
    admin.place(dan.id(), &[law]).await;

    let all = json!({"LIMIT": 50});
    let expected = json!([bob.id(), cid.id(), dan.id()]);
    assert_eq!(ann.ok("im.department.colleagues.list", all.clone()).await, expected, "of a head");
    assert_eq!(bob.ok("im.department.colleagues.list", all).await, json!([cid.id()]), "of a member");
}

#[tokio::test]
async fn colleagues_come_in_pages_of_ten_and_fifty_at_most() {
    let admin = admin().await;
    for number in 1..=60 {
        admin.colleague(&format!("Person {number}"));
    }

    let first = admin.answer("im.department.colleagues.list", json!({})).await;
    assert_eq!(
        (first["result"].as_array().map(Vec::len), &first["next"], &first["total"]),
        (Some(10), &json!(10), &json!(60))
    );
    let most = admin.answer("im.department.colleagues.list", json!({"LIMIT": 70, "OFFSET": 5})).await;
    assert_eq!((most["result"].as_array().map(Vec::len), &most["next"]), (Some(50), &json!(55)));
}

#[tokio::test]
async fn the_structure_is_nothing_for_people_from_outside() {
    let admin = admin().await;
    let guest = admin.guest("Guy Out");

    for (method, params) in [
        ("im.department.get", json!({"ID": [1]})),
        ("im.department.employees.get", json!({"ID": [1]})),
        ("im.department.managers.get", json!({"ID": [1]})),
        ("im.department.colleagues.list", json!({})),
    ] {
        let (status, answer) = guest.call(method, params).await;
        assert_eq!((status, &answer["error"]), (403, &json!("ACCESS_ERROR")), "{method}");
    }
}

#[tokio::test]
async fn departments_are_found_by_the_beginnings_of_words() {
    let admin = admin().await;
    admin.department("Northern Sales", 1, None).await;

    let found = |phrase: Value| admin.answer("im.search.department.list", json!({"FIND": phrase}));
    assert_eq!(found(json!("sal nor")).await["result"][0]["name"], "Northern Sales");
    assert_eq!(found(json!("ales")).await["total"], 0);
    assert_eq!(found(json!("s")).await["total"], 2, "a letter finds all");
    assert_eq!(found(json!("")).await["total"], 2, "nothing finds all");
    assert_eq!(admin.error("im.search.department.list", json!({})).await, "FIND_SHORT");
}

/// The official PHP client writes the names of all parameters in upper case.
#[tokio::test]
async fn the_field_to_sort_by_may_stand_where_the_place_is_asked_for() {
    let admin = admin().await;
    admin.department("Accounts", 1, None).await;

    let sorted = json!({"SORT": "NAME", "ORDER": "DESC"});
    assert_eq!(admin.departments(sorted).await, ["Local portal", "Accounts"]);
    assert_eq!(admin.departments(json!({"SORT": 7})).await, [""; 0]);
    assert_eq!(admin.departments(json!({"SORT": "500"})).await.len(), 2);
}
