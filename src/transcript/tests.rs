//! Tests of the document, its JSON and the way back.

use serde_json::Value;

use super::fixture::{FLOW, Walk, about, all, resolved};
use super::*;
use crate::flow::{Answer, FixResult};
use crate::walk::{Event, Mark, NoteKind, PauseReason};

fn exported(session: &crate::walk::Session) -> String {
    json(&Transcript::of(session))
}

#[test]
fn the_same_session_gives_the_same_bytes() {
    for (name, session) in all() {
        let (one, two) = (Transcript::of(&session), Transcript::of(&session.clone()));
        assert_eq!(json(&one), json(&two), "{name}");
        assert_eq!(html(&one), html(&two), "{name}");
        assert!(json(&one).ends_with("}\n"), "{name}");
    }
}

#[test]
fn a_session_comes_back_from_its_json() {
    for (name, session) in all() {
        let again = read(&exported(&session)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(again.is_same_state(&session), "{name}");
        assert_eq!(again.records(), session.records(), "{name}");
        assert_eq!(again.id(), session.id(), "{name}");
    }
}

#[test]
fn a_replay_confirms_what_was_exported() {
    for (name, session) in all() {
        let text = exported(&session);
        let replayed = replay(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(json(&replayed.transcript), text, "{name}");
        assert!(replayed.session.is_same_state(&session), "{name}");
    }
}

fn schema_accepts(text: &str) -> bool {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("transcript", serde_json::from_str(schema()).unwrap()).unwrap();
    let index = compiler.compile("transcript", &mut schemas).unwrap();
    schemas.validate(&serde_json::from_str(text).unwrap(), index).is_ok()
}

#[test]
fn every_export_fits_the_schema() {
    for (name, session) in all() {
        assert!(schema_accepts(&exported(&session)), "{name}");
    }
    for reason in [PauseReason::Later, PauseReason::NoAnswer] {
        assert!(schema_accepts(&exported(&Walk::start(about()).then(Event::Paused { reason }).done())));
    }
}

type Mutilate = fn(&mut Value);

#[test]
fn a_mutilated_export_does_not_fit_the_schema() {
    let whole: Value = serde_json::from_str(&exported(&resolved())).unwrap();
    let mutilate: [(&str, Mutilate); 6] = [
        ("no entries", |v| drop(v.as_object_mut().unwrap().remove("entries"))),
        ("another format", |v| v["format"] = 2.into()),
        ("an unknown field", |v| v["legs"][0]["mood"] = "good".into()),
        ("an unknown answer", |v| v["entries"][1]["event"]["answer"] = "Maybe".into()),
        ("an unknown event", |v| v["entries"][1]["event"]["kind"] = "guessed".into()),
        ("a local time", |v| v["times"]["started"] = "2026-11-21T14:03:07+01:00".into()),
    ];
    for (name, mutilate) in mutilate {
        let mut broken = whole.clone();
        mutilate(&mut broken);
        assert!(!schema_accepts(&broken.to_string()), "{name}");
    }
}

/// Exports the resolved session, changes a part of the text, and says what the replay makes of it.
fn replay_after(from: &str, to: &str) -> String {
    let text = exported(&resolved());
    assert_eq!(text.matches(from).count().min(1), 1, "{from} is in the export");
    replay(&text.replacen(from, to, 1)).expect_err("it was changed").to_string()
}

/// Exports the resolved session, changes a part of the text behind the start of event 2, and says what the replay makes of it.
fn replay_after_event_2(from: &str, to: &str) -> String {
    let text = exported(&resolved());
    let (before, behind) = text.split_at(text.find(r#""n": 2,"#).unwrap());
    assert!(behind.contains(from), "{from} is in the export");
    replay(&format!("{before}{}", behind.replacen(from, to, 1))).expect_err("it was changed").to_string()
}

#[test]
fn a_replay_names_the_first_event_that_differs() {
    // What follows from the answer differs before a later event becomes impossible.
    let said = replay_after_event_2(r#""answer": "No""#, r#""answer": "Yes""#);
    assert!(said.starts_with("event 2 differs in `next`: the file says"), "{said}");
    let next = "\"kind\": \"fix\",\n        \"id\": \"no-paper\"";
    assert_eq!(
        replay_after_event_2(next, "\"kind\": \"question\",\n        \"id\": \"smells\""),
        r#"event 2 differs in `next`: the file says {"id":"smells","kind":"question"}, the walk says {"id":"no-paper","kind":"fix"}"#
    );
    let said = replay_after_event_2("The fuser is broken", "The mouse");
    assert!(said.starts_with("event 2 differs in `ruled_out`"), "{said}");
    let said = replay_after_event_2(r#""unsure": "AsNo""#, r#""unsure": "AsYes""#);
    assert_eq!(said, r#"event 7 differs in `unsure`: the file says "AsYes", the walk says "AsNo""#);
}

#[test]
fn a_replay_names_an_event_that_cannot_have_happened() {
    let said = replay_after(
        r#""question": "lamp-red",
        "answer": "Unsure""#,
        r#""question": "smells",
        "answer": "Unsure""#,
    );
    assert_eq!(said, "event 7 cannot have happened: `smells` answered not sure while question `lamp-red` is asked");
}

#[test]
fn a_replay_says_when_only_the_frame_differs() {
    assert_eq!(
        replay_after(r#""verified": true"#, r#""verified": false"#),
        "all events agree, but `result` is not what they make"
    );
    assert_eq!(
        replay_after("Call back before", "Call never"),
        "all events agree, but `promises` is not what they make"
    );
}

#[test]
fn a_replay_says_when_only_the_writing_differs() {
    assert_eq!(
        replay_after("\"program\": ", "\"program\":  "),
        "all values agree, but line 3 is not written as this program writes it"
    );
    let text = exported(&resolved());
    assert!(matches!(replay(&format!("{text}\n")), Err(ReplayError::Writing { .. })));
}

#[test]
fn a_flow_that_was_changed_is_refused() {
    let text = exported(&resolved());
    let at = text.find("\"editions\"").unwrap();
    let changed = format!("{}{}", &text[..at], text[at..].replacen("Is there paper", "Is there toner", 1));
    for said in [replay(&changed).unwrap_err().to_string(), read(&changed).unwrap_err().to_string()] {
        assert!(said.starts_with("the text of flow `printer-error-17` does not match its hash"), "{said}");
    }
}

#[test]
fn what_is_no_transcript_is_refused_with_its_place() {
    let said = |text: &str| read(text).unwrap_err().to_string();
    assert_eq!(said("{\n  \"format\": 1,\n  x"), "line 3, column 3: key must be a string");
    assert_eq!(said("{\"format\": 7}"), "the transcript is in format 7, this program reads format 1");
    assert!(said("{\"format\": 1}").contains("missing field `program`"));
    assert!(said(&"[".repeat(100_000)).starts_with("line 1, column"));
    assert!(matches!(read(&" ".repeat(MAX_TRANSCRIPT + 1)), Err(ImportError::TooLarge { .. })));
    let text = exported(&resolved());
    assert!(said(&text.replacen("\"format\"", "\"mood\": 1, \"format\"", 1)).contains("unknown field `mood`"));
    assert!(said(&text.replacen("\"format\": 1", "\"format\": 1, \"format\": 1", 1)).contains("duplicate field"));
    assert!(said(&format!("{text}x")).contains("trailing characters"));
}

#[test]
fn each_answer_says_what_it_ruled_out_and_brought_back() {
    let transcript = Transcript::of(&resolved());
    let ids = |named: &[Named]| named.iter().map(|named| named.id.clone()).collect::<Vec<_>>();
    let entry = |n: usize| &transcript.entries[n - 1];
    assert_eq!(ids(&entry(2).ruled_out), ["queue-stuck", "fuser-broken"]);
    assert_eq!(ids(&entry(6).brought_back), ["queue-stuck", "fuser-broken"]);
    assert_eq!(ids(&entry(6).ruled_out), ["no-paper"]);
    assert_eq!((entry(6).before, entry(7).unsure), (Some(Answer::No), Some(crate::flow::Unsure::AsNo)));
    assert_eq!(entry(2).say.as_deref(), Some("Could you look into the lower drawer?"));
    assert_eq!(entry(7).say, None);
    let first = &transcript.result.fixes[0];
    assert_eq!((first.cause.id.as_str(), first.result), ("no-paper", None));
    assert_eq!(first.steps.iter().map(|step| step.mark).collect::<Vec<_>>(), [Some(Mark::Done), Some(Mark::Failed)]);
    // A fix that failed spends its cause; it does not rule it out.
    let failed = Walk::start(about()).answer("tray-full", Answer::No).fix("no-paper", FixResult::NotFixed).done();
    let failed = Transcript::of(&failed);
    assert_eq!(failed.entries[2].ruled_out, []);
    assert_eq!(failed.entries[2].next.against, ["tray-full"]);
    assert_eq!(failed.result.against[0].answer, Answer::No);
}

#[test]
fn pauses_do_not_count_as_time_spent() {
    let quit = Event::Paused { reason: PauseReason::Quit };
    let walk = Walk::start(about()).then(quit).then(Event::Resumed).answer("tray-full", Answer::No).then(Event::Closed);
    let session = walk.note(NoteKind::Note, "later").done();
    assert_eq!(Transcript::of(&session).times.active, jiff::SignedDuration::from_secs(180));
    // Without a pause on record, as after a kill: the gap before `Resumed` is one.
    let killed = Walk::start(about()).then(Event::Resumed).done();
    assert_eq!(Transcript::of(&killed).times.active, jiff::SignedDuration::ZERO);
}

#[test]
fn renderings_of_a_resolved_session() {
    let transcript = Transcript::of(&resolved());
    insta::assert_snapshot!("text", text(&transcript));
    insta::assert_snapshot!("markdown", markdown(&transcript));
    // How it looks is looked at, not compared.
    let page = html(&transcript);
    let parts = page.split("<style>").map(|part| part.split_once("</style>").map_or(part, |(_, behind)| behind));
    insta::assert_snapshot!("html", parts.collect::<String>());
    insta::assert_snapshot!("json", json(&transcript));
}

#[test]
fn handovers() {
    let now = |session: &crate::walk::Session| Transcript::of(session).times.last + jiff::SignedDuration::from_mins(95);
    let all: Vec<String> =
        all().iter().map(|(name, session)| format!("--- {name}\n{}", handover(session, now(session)))).collect();
    insta::assert_snapshot!("handover", all.concat());
}

#[test]
fn every_leg_is_drawn() {
    for (name, session) in all() {
        let page = html(&Transcript::of(&session));
        assert_eq!(page.matches("<svg ").count(), session.legs().len(), "{name}");
    }
}

#[test]
fn a_walk_on_a_flow_with_hostile_looking_text_is_drawn_as_text() {
    let flow = FLOW.replace("Is the lamp red?", "Is <script>alert(1)</script> & \\\"x\\\" red?");
    let session = Walk::on(&flow, about()).answer("tray-full", Answer::Yes).done();
    let page = html(&Transcript::of(&session));
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
}

#[test]
#[ignore = "writes files to look at"]
fn write_files_to_look_at() {
    let folder = std::env::temp_dir().join("rootwalk-transcripts");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, session) in all() {
        let transcript = Transcript::of(&session);
        let write = |ending: &str, text: String| {
            std::fs::write(folder.join(format!("{}.{ending}", name.replace(' ', "-"))), text).unwrap();
        };
        write("html", html(&transcript));
        write("md", markdown(&transcript));
        write("txt", text(&transcript));
        write("json", json(&transcript));
    }
}

#[test]
fn a_pasted_text_keeps_its_blank_lines() {
    let pasted = crate::paste::Pasted::keep("Something went wrong\n\n  Activity ID: 4f1b").expect("a text");
    let transcript = Transcript::of(&Walk::start(about()).then(Event::Pasted { pasted }).done());
    assert!(markdown(&transcript).contains("```text\nSomething went wrong\n\n  Activity ID: 4f1b\n```"));
    assert!(text(&transcript).contains("    Something went wrong\n\n      Activity ID: 4f1b\n"));
}

#[test]
fn a_command_is_filled_from_the_pasted_text_and_it_says_so() {
    let (_, session) = all().into_iter().find(|(name, _)| *name == "pasted").expect("there");
    let transcript = Transcript::of(&session);
    for page in [markdown(&transcript), text(&transcript), html(&transcript), json(&transcript)] {
        assert!(page.contains("lp -d lp-3 `test`.txt"), "{page}");
    }
    assert!(markdown(&transcript).contains("From the pasted text: printer"));
    assert!(text(&transcript).contains("password=[password 1]"));
    assert!(!json(&transcript).contains("hunter2"));
    assert_eq!(transcript.editions[0].text, FLOW, "the flow's own text is not touched");
}
