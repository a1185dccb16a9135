//! What the page needs of the browser beyond the DOM: the database, sounds, the camera, printing. All of it is in a
//! script of its own (`packing.js`), which is spoken to through one object and in texts; on the server there is nothing.

#[cfg(feature = "hydrate")]
pub(super) use here::*;
#[cfg(not(feature = "hydrate"))]
pub(super) use nowhere::*;

/// The id of the element that shows the camera's picture.
pub(super) const VIDEO: &str = "pk-video";

#[cfg(feature = "hydrate")]
mod here {
    use js_sys::{Array, Function, Reflect};
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};

    const OBJECT: &str = "metkaPacking";
    const SCRIPT: &str = "/packing.js";
    /// The event by which the script says that it is there.
    const READY: &str = "metka-packing";

    /// Loads the script, and calls `ready` once it is there.
    pub(in crate::packing) fn start(ready: impl FnOnce() + 'static) {
        if object().is_some() {
            return ready();
        }
        let ready = std::cell::Cell::new(Some(ready));
        window_event_listener_untyped(READY, move |_| {
            if let Some(ready) = ready.take() {
                ready();
            }
        });
        let document = document();
        let (Ok(script), Some(head)) = (document.create_element("script"), document.head()) else {
            return;
        };
        // A document that takes no script leaves the page saying that it is being prepared.
        let _typed = script.set_attribute("type", "module");
        let _sourced = script.set_attribute("src", SCRIPT);
        let _added = head.append_child(&script);
    }

    fn object() -> Option<JsValue> {
        let object = Reflect::get(&window(), &JsValue::from_str(OBJECT)).ok()?;
        (!object.is_undefined()).then_some(object)
    }

    /// Calls a function of the script; nothing when the script is not there or threw.
    fn call(name: &str, arguments: &[JsValue]) -> Option<JsValue> {
        let object = object()?;
        let function = Reflect::get(&object, &JsValue::from_str(name)).ok()?;
        let function: Function = function.dyn_into().ok()?;
        let list = Array::new();
        for argument in arguments {
            list.push(argument);
        }
        function.apply(&object, &list).ok()
    }

    /// A callback that is called once.
    fn once(done: impl FnOnce(JsValue) + 'static) -> JsValue {
        Closure::once_into_js(done)
    }

    fn text(text: &str) -> JsValue {
        JsValue::from_str(text)
    }

    /// What is kept for this owner: the JSON of [`super::super::bench::Kept`], or nothing when the browser keeps nothing.
    pub(in crate::packing) fn load(owner: &str, done: impl FnOnce(Option<String>) + 'static) {
        let done = once(move |value| done(value.as_string()));
        call("load", &[text(owner), done]);
    }

    /// Keeps a scan durably; `done` hears whether it could be kept.
    pub(in crate::packing) fn keep(
        owner: &str,
        id: &str,
        scan: &str,
        done: impl FnOnce(bool) + 'static,
    ) {
        let done = once(move |value| done(value.is_truthy()));
        call("keep", &[text(owner), text(id), text(scan), done]);
    }

    /// Forgets scans that the server has and keeps its list; `ids` is JSON.
    pub(in crate::packing) fn settle(owner: &str, ids: &str, list: &str) {
        // What could not be forgotten is sent again after a reload, which is harmless.
        let done = once(|_| ());
        call("settle", &[text(owner), text(ids), text(list), done]);
    }

    /// Has the service worker keep the page.
    pub(in crate::packing) fn shell(done: impl FnOnce(bool) + 'static) {
        let done = once(move |value| done(value.is_truthy()));
        call("shell", &[done]);
    }

    /// Whether the browser trusts the address: only then may a page have a service worker, or look through a camera.
    pub(in crate::packing) fn secure() -> bool {
        Reflect::get(&window(), &JsValue::from_str("isSecureContext"))
            .is_ok_and(|secure| secure.is_truthy())
    }

    /// Whether the server has a newer page.
    pub(in crate::packing) fn outdated(done: impl FnOnce(bool) + 'static) {
        let done = once(move |value| done(value.is_truthy()));
        call("outdated", &[done]);
    }

    /// Prints a PDF; `done` hears whether there was one.
    pub(in crate::packing) fn print(address: &str, done: impl FnOnce(bool) + 'static) {
        let done = once(move |value| done(value.is_truthy()));
        call("print", &[text(address), done]);
    }

    /// Turns the camera on; `done` hears why it could not be.
    pub(in crate::packing) fn camera(
        heard: impl Fn(String) + 'static,
        done: impl FnOnce(String) + 'static,
    ) {
        let heard = Closure::<dyn FnMut(JsValue)>::new(move |value: JsValue| {
            if let Some(text) = value.as_string() {
                heard(text);
            }
        })
        .into_js_value();
        let done = once(move |value| done(value.as_string().unwrap_or_else(|| "none".to_owned())));
        call("camera", &[text(super::VIDEO), heard, done]);
    }

    /// Turns the camera off.
    pub(in crate::packing) fn camera_off() {
        call("cameraOff", &[]);
    }

    /// Sounds.
    pub(in crate::packing) fn sound(name: &str) {
        call("sound", &[text(name)]);
    }

    /// The loudness of this device, 0 to 100; with a value it is set.
    pub(in crate::packing) fn volume(set: Option<u8>) -> u8 {
        let set: Vec<JsValue> = set.into_iter().map(JsValue::from).collect();
        let now = call("volume", &set).and_then(|value| value.as_f64());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the script says a whole number from 0 to 100"
        )]
        now.map_or(0, |now| now as u8)
    }

    /// Whether this device prints labels without being asked; with a value it is set.
    pub(in crate::packing) fn prints_itself(set: Option<bool>) -> bool {
        let set: Vec<JsValue> = set.into_iter().map(JsValue::from).collect();
        call("printsItself", &set).is_some_and(|prints| prints.is_truthy())
    }

    /// Whoever packed on this device last; with a value it is set.
    pub(in crate::packing) fn owner(set: Option<&str>) -> String {
        let set: Vec<JsValue> = set.into_iter().map(text).collect();
        let owner = call("owner", &set).and_then(|owner| owner.as_string());
        owner.unwrap_or_default()
    }

    /// Whether the server is there at all.
    pub(in crate::packing) fn reach(done: impl FnOnce(bool) + 'static) {
        let done = once(move |value| done(value.is_truthy()));
        call("reach", &[done]);
    }

    /// A new id.
    pub(in crate::packing) fn id() -> Option<desk::ids::ScanId> {
        call("id", &[])?.as_string()?.parse().ok()
    }

    /// The browser's clock.
    pub(in crate::packing) fn now() -> desk::time::Timestamp {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "milliseconds since 1970 are far from the end of the range"
        )]
        desk::time::Timestamp(js_sys::Date::now() as i64)
    }
}

/// Nothing happens while a page is drawn on the server.
#[cfg(not(feature = "hydrate"))]
mod nowhere {
    pub(in crate::packing) fn start(_ready: impl FnOnce() + 'static) {}
    pub(in crate::packing) fn load(_owner: &str, _done: impl FnOnce(Option<String>) + 'static) {}
    pub(in crate::packing) fn keep(
        _owner: &str,
        _id: &str,
        _scan: &str,
        _done: impl FnOnce(bool) + 'static,
    ) {
    }
    pub(in crate::packing) const fn settle(_owner: &str, _ids: &str, _list: &str) {}
    pub(in crate::packing) fn shell(_done: impl FnOnce(bool) + 'static) {}
    pub(in crate::packing) const fn secure() -> bool {
        true
    }
    pub(in crate::packing) fn outdated(_done: impl FnOnce(bool) + 'static) {}
    pub(in crate::packing) fn print(_address: &str, _done: impl FnOnce(bool) + 'static) {}
    pub(in crate::packing) fn camera(
        _heard: impl Fn(String) + 'static,
        _done: impl FnOnce(String) + 'static,
    ) {
    }
    pub(in crate::packing) const fn camera_off() {}
    pub(in crate::packing) const fn sound(_name: &str) {}
    pub(in crate::packing) const fn volume(_set: Option<u8>) -> u8 {
        0
    }
    pub(in crate::packing) const fn prints_itself(_set: Option<bool>) -> bool {
        false
    }
    pub(in crate::packing) const fn owner(_set: Option<&str>) -> String {
        String::new()
    }
    pub(in crate::packing) fn reach(_done: impl FnOnce(bool) + 'static) {}
    pub(in crate::packing) const fn id() -> Option<desk::ids::ScanId> {
        None
    }
    pub(in crate::packing) const fn now() -> desk::time::Timestamp {
        desk::time::Timestamp(0)
    }
}
