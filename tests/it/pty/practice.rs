//! A practice at a terminal.

use crate::home::{Home, LAMP};
use crate::terminal::Spawn;

#[test]
fn a_practice_at_the_terminal_is_picked_from_a_list_that_narrows() {
    let home = Home::new();
    home.write("work/lamp-dark.ron", LAMP);
    let mut at = Spawn::new(&home).args(["rehearse", "--practice", "lamp-dark.ron", "--cause", "unplugged"]).start();
    at.wait_for("It fails with L-1: lamp is dark.").wait_asked().send("plug in\r").wait_said("“No.”").wait_asked();
    at.wait_for("[no] Is the plug in?").send("fix plug\r").wait_said("Found: The plug is out").exit(0);
    let mut at = Spawn::new(&home).args(["rehearse", "--practice", "lamp-dark.ron", "--seed", "1"]).start();
    at.wait_asked().send("\x03").exit(130);
}
