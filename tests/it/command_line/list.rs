//! `rootwalk list`: what is listed, what is chosen, and how it is printed.

use std::sync::Arc;

use crate::home::{Home, LAMP};
use crate::program::{Done, Program};

fn list<'a>(home: &Arc<Home>, args: impl IntoIterator<Item = &'a str>) -> Done {
    Program::at(home).args(["list"]).args(args).run()
}

fn with_lamp() -> Arc<Home> {
    let home = Home::new();
    home.write("data/rootwalk/flows/lamp-dark.ron", LAMP);
    home
}

#[test]
fn a_pipe_gets_a_line_for_each_error_its_fields_parted_by_tabs() {
    let home = with_lamp();
    let done = list(&home, []).exit(0).stderr("");
    assert!(done.stdout.lines().all(|line| line.split('\t').count() == 6), "{}", done.stdout);
    done.stdout_has("lamp-dark\tL-1\tlow\tLamp\tpower\tThe lamp is dark\n")
        .stdout_has("fabric-pipeline-error-2403\t2403\t");
}

#[test]
fn errors_are_chosen_by_product_category_and_severity_in_any_case() {
    let home = with_lamp();
    let lamp = "lamp-dark\tL-1\tlow\tLamp\tpower\tThe lamp is dark\n";
    for args in [["--product", "LAMP"], ["--category", "Power"]] {
        list(&home, args).exit(0).stdout(lamp);
    }
    list(&home, ["--product", "LAMP", "--severity", "LOW"]).exit(0).stdout(lamp);
    let done = list(&home, ["--severity", "low", "--severity", "critical"]).exit(0);
    done.stdout_has(lamp).stdout_has("\tcritical\t");
}

#[test]
fn where_none_fits_it_says_so_and_the_answer_is_no() {
    let home = with_lamp();
    list(&home, ["--product", "lamp", "--severity", "high"]).exit(1).stdout("").stderr("no error has all of these\n");
    let done = list(&home, ["--product", "lamp", "--severity", "high", "--format", "json"]).exit(1);
    assert_eq!(done.json(), serde_json::json!([]));
}

#[test]
fn an_unknown_value_is_a_mistake_and_the_nearest_is_offered() {
    let home = with_lamp();
    let unknown = "error: no error has the product `Lmap`\nhelp: did you mean `Lamp`?\n";
    list(&home, ["--product", "Lmap"]).exit(2).stdout("").stderr(unknown);
    list(&home, ["--category", "powr"]).exit(2).stderr_has("did you mean `power`?");
    list(&home, ["--severity", "hgih"]).exit(2).stderr_has("'high'");
}

#[test]
fn a_machine_reads_every_field_and_where_the_flow_comes_from() {
    let home = with_lamp();
    let all = list(&home, ["--format", "json"]).exit(0).json();
    let lamp =
        all.as_array().expect("an array").iter().find(|listed| listed["id"] == "lamp-dark").expect("it is listed");
    let expected = serde_json::json!({
        "id": "lamp-dark", "code": "L-1", "title": "The lamp is dark", "product": "Lamp", "category": "power",
        "severity": "Low", "origin": "user",
    });
    assert_eq!(lamp, &expected);
}

#[test]
fn a_broken_flow_is_reported_and_the_others_are_listed() {
    let home = with_lamp();
    home.write("data/rootwalk/flows/broken.ron", "Flow(");
    list(&home, ["--product", "lamp"]).exit(0).stdout_has("lamp-dark").stderr_has("broken.ron` is passed over");
}
