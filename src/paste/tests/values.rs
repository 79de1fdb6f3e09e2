//! Tests of what is filled into commands, and what never is.

use proptest::prelude::*;

use super::super::{MOST_KEPT, Values, mask};

/// What makes more than a word of a value.
const HOSTILE: &[&str] = &[
    "a",
    "x.y",
    "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
    ";",
    "$(rm -rf ~)",
    "`id`",
    "|",
    "&",
    "&&",
    ">",
    "<",
    "\"",
    "'",
    "\\",
    "\n",
    "\r",
    " ",
    "-",
    "--yes",
    "$HOME",
    "%PATH%",
    "*",
    "?",
    "!",
    "#",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "^",
    "~",
    "@file",
    "\u{1b}[2J",
    "\u{202e}",
    "..",
    "/",
    ":",
    "=",
    ",",
    "ž",
];

/// What stands after the bar is a command as it is filled from the text before it.
const FILLED: &[(&str, &str, &str)] = &[
    // Half of what stands there would be the name of something else.
    (
        "Resource group: rg data\nfactoryName = adf prod",
        "x <resource-group> <factory-name>",
        "x <resource-group> <factory-name>",
    ),
    ("Resource group: rg-1 Factory name: adf-1, and more", "x <resource-group> <factory-name>", "x rg-1 adf-1"),
    (
        "Workspace ID: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed was not found",
        "x <workspace-id>",
        "x 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
    ),
    (
        r#"{"workspaceId":"1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed","reportId":"2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"}"#,
        "get groups/<groupId>/reports/<report-id> <dataset-id>",
        "get groups/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/reports/2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed <dataset-id>",
    ),
    (
        r#"{\"message\":\"x\",\"appId\":\"1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed\"}"#,
        "az ad sp show --id <application-id>",
        "az ad sp show --id 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
    ),
    (
        "AADSTS500011: The resource principal named https://api.contoso.com was not found in the tenant named contoso.onmicrosoft.com. This",
        "<resource-url> <tenantId>",
        "https://api.contoso.com contoso.onmicrosoft.com",
    ),
    (
        "AADSTS700016: Application with identifier '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed' was not found in the directory 'contoso.com'.",
        "<app-id> <tenant-id>",
        "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed contoso.com",
    ),
    (
        "The client 'x' with object id '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed' does not have authorization over scope '/subscriptions/3b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/resourceGroups/rg-1/providers/Microsoft.KeyVault/vaults/kv1'",
        "<object-id> <subscription-id> <resource-group> <vault> <vault-resource-id>",
        "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed 3b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed rg-1 kv1 /subscriptions/3b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/resourceGroups/rg-1/providers/Microsoft.KeyVault/vaults/kv1",
    ),
    (
        "Server=tcp:s1.database.windows.net,1433;Initial Catalog=sales;Password=x1",
        "<server> <database> <password>",
        "s1.database.windows.net sales <password>",
    ),
    (
        "Cannot open database \"sales\" requested by the login. Cannot open server 's1' requested",
        "<database> <server>",
        "sales s1",
    ),
    (
        "GET https://kv1.vault.azure.net/secrets/sql-pw/?api-version=7.0",
        "az keyvault secret show --vault-name <vault> --name <secret>",
        "az keyvault secret show --vault-name kv1 --name sql-pw",
    ),
    ("abfss://raw@acc1.dfs.core.windows.net/in/x.csv", "<account> <container>", "acc1 raw"),
    ("https://acc1.blob.core.windows.net/raw/x.csv", "<account> <container>", "acc1 raw"),
    (
        "Activity ID: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed\nCorrelation ID: 2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed\nRequest ID 3",
        "<activity-id> <correlation-id> <request-id>",
        "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed 2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed <request-id>",
    ),
    (
        "Trace ID: 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed Correlation ID: 2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
        "<trace-id> <correlation-id>",
        "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed 2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
    ),
    (
        "groups/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed/reports/2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
        "<group> <workspace> <groupId> <report-id> <target-resource-id>",
        "<group> <workspace> 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed 2b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed <target-resource-id>",
    ),
    ("server=a1;x\nserver=b2;x", "<server>", "<server>"),
    ("pwd=hunter2 user=jane@contoso.com", "<user> <password>", "<user> <password>"),
    ("secretName: sql-pw", "-d client_secret=<secret> --name <secret>", "-d client_secret=<secret> --name sql-pw"),
    ("Lock name: keep-1", "<lock-name> <token> <name>", "keep-1 <token> <name>"),
    ("Operation on target Copy1 failed: x", "<activity-name>", "Copy1"),
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn no_shell_takes_a_value_for_more_than_a_word(pieces in prop::collection::vec(prop::sample::select(HOSTILE), 1..6), text in any::<String>()) {
        const ASKED: &str = "az x --tenant <tenant-id> --server <server> --path <path> --url <resource-url> --lock <lock-name> --app <app>";
        for value in [pieces.concat(), text] {
            let pasted = ["tenant", "server", "path", "resource", "lock-name", "app"].map(|name| format!("{name}={value}\n\"{name}\":\"{value}\"\n"));
            for taken in Values::of(&pasted.concat()).fill(ASKED).taken {
                let is_word = |c: char| c.is_ascii_alphanumeric() || "._-:/".contains(c);
                prop_assert!(taken.value.chars().all(is_word) && !taken.value.starts_with('-'), "{taken:?}");
            }
        }
    }

    #[test]
    fn any_text_can_be_read(text in any::<String>()) {
        let _ = Values::of(&text).fill(&text);
    }
}

#[test]
fn commands_are_filled_from_the_text() {
    let mut wrong = Vec::new();
    for (pasted, command, expected) in FILLED {
        let filled = Values::of(&mask(pasted).text).fill(command);
        if filled.text != *expected {
            wrong.push(format!("{pasted}\n  expected {expected}\n  got      {}", filled.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_hostile_text_takes_no_longer_than_its_length() {
    for piece in
        ["a=", "server:", "/a", "tenant 'a ", "name=\"", "='", ": ", "https://a@b/", "/subscriptions/a/", " id "]
    {
        let _ = Values::of(&piece.repeat(MOST_KEPT / piece.len()));
    }
}
