//! Keys: a scanner plays keyboard into the whole page, hands type into its one field, and a held key answers a question.

use super::bench::Bench;
use crate::{
    early_keys::take_over,
    ui::scanner::{Burst, Press, Scan, key_of},
};
use desk::packing::{Say, ServiceCode};
use leptos::{
    ev, html::Textarea, leptos_dom::helpers::TimeoutHandle, prelude::*, wasm_bindgen::JsCast,
    web_sys::HtmlElement,
};
use std::{cell::Cell, time::Duration};

/// How long after its last key a scan without an ending is taken as it is.
const SETTLED: Duration = Duration::from_millis(300);
/// How much longer it is waited for: a browser that was busy meanwhile runs the clock before the keys that have queued.
const SURELY: Duration = Duration::from_millis(200);
/// How long a key or a button is held to say «yes»: far longer than any key of a scanner.
const HELD: Duration = Duration::from_millis(800);

/// The field. Its text is the browser's own: what a hand types before the scripts come is not lost.
#[derive(Clone, Copy)]
pub(super) struct Field {
    /// The element.
    pub(super) node: NodeRef<Textarea>,
    burst: StoredValue<Burst>,
}

thread_local! {
    static HOLDING: Cell<Option<TimeoutHandle>> = const { Cell::new(None) };
}

/// Begins to hold; `held` is called if nobody lets go in time.
pub(super) fn hold(held: impl FnOnce() + 'static) {
    let_go();
    let held = move || {
        HOLDING.take();
        held();
    };
    HOLDING.set(set_timeout_with_handle(held, HELD).ok());
}

/// Ends holding.
pub(super) fn let_go() {
    if let Some(timer) = HOLDING.take() {
        timer.clear();
        show_held(None);
    }
}

/// Shows the bar of the option whose key is held; a button that is held shows its own.
fn show_held(index: Option<usize>) {
    let (found, class) = match index.map(|index| index + 1) {
        Some(number) => (
            format!("li:nth-child({number}) > .pk-option"),
            "btn pk-option held",
        ),
        None => (".pk-option.held".to_owned(), "btn pk-option"),
    };
    if let Ok(Some(option)) = document().query_selector(&found) {
        option.set_class_name(class);
    }
}

impl Field {
    /// An empty field.
    pub(super) fn new() -> Self {
        Self {
            node: NodeRef::new(),
            burst: StoredValue::new(Burst::default()),
        }
    }

    fn text(self) -> String {
        self.node
            .get_untracked()
            .map(|node| node.value())
            .unwrap_or_default()
    }

    fn clear(self) {
        if let Some(node) = self.node.get_untracked() {
            node.set_value("");
        }
    }

    fn focus(self) {
        if let Some(node) = self.node.get_untracked() {
            // A field that cannot take the focus still hears scans: they are listened to on the whole page.
            let _focused = node.focus();
        }
    }

    fn focused(self) -> bool {
        let active = document().active_element();
        let field = self.node.get_untracked();
        matches!((active, field), (Some(active), Some(field)) if active == **field)
    }

    fn take(self) -> Option<Scan> {
        self.burst.try_update_value(Burst::take).flatten()
    }
}

/// Listens to the keys of the whole page until it is left.
pub(super) fn listen(bench: Bench, field: Field) {
    field.node.on_load(move |node| {
        let (typed, whole) = take_over(&node);
        if whole {
            for line in typed.lines() {
                bench.hear(line.to_owned(), false);
            }
            field.clear();
        }
        field.focus();
    });
    let down = window_event_listener(ev::keydown, move |event| pressed(bench, field, &event));
    let up = window_event_listener(ev::keyup, move |_| let_go());
    let clicked = window_event_listener(ev::click, |event| leave_button(&event));
    on_cleanup(move || {
        down.remove();
        up.remove();
        clicked.remove();
        let_go();
    });
}

/// A button that was pressed with a pointer does not keep the focus: a stray Enter would press it again. Who walks to
/// one by keys stays there.
fn leave_button(event: &ev::MouseEvent) {
    let active = document().active_element();
    if event.detail() > 0
        && let Some(button) = active.filter(|active| active.tag_name() == "BUTTON")
        && let Some(button) = button.dyn_ref::<HtmlElement>()
    {
        // A button that keeps the focus after all is pressed again by Enter, as everywhere.
        let _blurred = button.blur();
    }
}

fn pressed(bench: Bench, field: Field, event: &ev::KeyboardEvent) {
    let (code, typed) = (event.code(), event.key());
    if event.repeat() {
        // A key that is held types nothing, and goes on saying «yes».
        if asks(bench) {
            event.prevent_default();
        }
        return;
    }
    let_go();
    if command(bench, field, &code, event) {
        return;
    }
    let key = key_of(event, &code, &typed);
    let fresh = field
        .burst
        .with_value(|burst| burst.is_empty() || burst.over(key.at));
    let press = field
        .burst
        .try_update_value(|burst| burst.press(key))
        .unwrap_or(Press::Ordinary);
    match press {
        Press::Separator | Press::Kept => event.prevent_default(),
        Press::Enter => enter(bench, field, event),
        Press::Ordinary if code == "Tab" => {
            if let Some(scan) = field.take() {
                event.prevent_default();
                heard(bench, field, scan);
            }
        }
        Press::Ordinary => {
            if fresh && answer(bench, &code) {
                // Until it is known whether a hand holds it or a scanner begins with it.
                event.prevent_default();
            } else if typed.chars().nth(1).is_none() && !event.ctrl_key() && !event.meta_key() {
                into_field(field);
            }
        }
    }
    settle_later(bench, field);
}

/// The keys of the acts. None of them is a part of a scan.
fn command(bench: Bench, field: Field, code: &str, event: &ev::KeyboardEvent) -> bool {
    let code = match code {
        "Escape" => ServiceCode::Undo,
        "F2" => ServiceCode::Remove,
        "F4" if !event.alt_key() => ServiceCode::Next,
        "F9" => ServiceCode::Print,
        _ => return false,
    };
    event.prevent_default();
    field.clear();
    bench.command(code);
    true
}

/// Enter ends a scan, or what a hand has typed. On a button that a hand has walked to it is the browser's.
fn enter(bench: Bench, field: Field, event: &ev::KeyboardEvent) {
    if let Some(scan) = field.take() {
        event.prevent_default();
        heard(bench, field, scan);
        return;
    }
    if field.focused() {
        event.prevent_default();
        let typed = field.text();
        field.clear();
        bench.hear(typed, false);
    }
}

fn heard(bench: Bench, field: Field, scan: Scan) {
    field.clear();
    field.focus();
    bench.hear(scan.keys, scan.caps);
}

/// A digit begins to answer the question that is asked.
fn answer(bench: Bench, code: &str) -> bool {
    let digit = code
        .strip_prefix("Digit")
        .or_else(|| code.strip_prefix("Numpad"));
    let wanted = digit.and_then(|digit| digit.parse::<usize>().ok());
    let Some(index) = wanted.and_then(|wanted| wanted.checked_sub(1)) else {
        return false;
    };
    let option = bench.session.with_untracked(|session| match session.say() {
        Say::Ask { options } => options.get(index).map(|option| (option.order, option.line)),
        _ => None,
    });
    option.is_some_and(|(order, line)| {
        hold(move || bench.confirm(order, line));
        show_held(Some(index));
        true
    })
}

fn asks(bench: Bench) -> bool {
    bench
        .session
        .with_untracked(|session| matches!(session.say(), Say::Ask { .. }))
}

/// What is typed goes into the field, wherever the focus was left.
fn into_field(field: Field) {
    let elsewhere = document().active_element().is_none_or(|active| {
        !matches!(active.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    });
    if elsewhere {
        field.focus();
    }
}

/// Takes the scan under way when no more keys come.
fn settle_later(bench: Bench, field: Field) {
    let strokes = field.burst.try_with_value(Burst::strokes);
    if strokes.is_none_or(|strokes| strokes == 0) {
        return;
    }
    let quiet = move || field.burst.try_with_value(Burst::strokes) == strokes;
    let settled = move || {
        if quiet()
            && let Some(scan) = field.take()
        {
            heard(bench, field, scan);
        }
    };
    set_timeout(
        move || {
            if quiet() {
                set_timeout(settled, SURELY);
            }
        },
        SETTLED,
    );
}
