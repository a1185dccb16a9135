//! Words of the scanner's check-up.

use crate::texts::{number, plural, texts};
use cis::Lang;

texts! {
    title: "Проверить сканер", "Check the scanner";
    how: "Поставьте курсор в поле и отсканируйте образец или любой свой код маркировки.",
        "Put the cursor into the field and scan the sample, or any marking code of yours.";
    sample: "Образец кода для сканера", "A sample code for the scanner";
    field: "Поле для сканера", "Field for the scanner";
    received: "Что пришло", "What came";
    on_screen: "Что напечатала раскладка", "What the layout typed";
    bytes: "Байты", "Bytes";
    good: "Сканер настроен верно", "The scanner is set up right";
    good_text: "Код дошёл целиком, с разделителями и Enter в конце.", "The code came whole, with its separators and Enter at its end.";
    faults: "Что исправить", "What to set right";
    layout: "Русская раскладка", "Russian keyboard layout";
    layout_text: "Метка читает сами клавиши и поймёт код, а другие программы — нет. Включите английскую раскладку или режим сканера, который от неё не зависит (Alt-коды).",
        "Metka reads the keys themselves and understands; other programs do not. Switch to the English layout, or to the scanner's mode that does not depend on it (Alt codes).";
    caps: "Включён Caps Lock", "Caps Lock is on";
    caps_text: "Регистр букв перевёрнут, это уже другой код. Выключите Caps Lock.",
        "The case of the letters is turned over, which makes it another code. Switch Caps Lock off.";
    gs_lost: "Потерян разделитель GS", "The separator GS is lost";
    gs_lost_text: "Включите в сканере передачу управляющих знаков: GS (ASCII 29) как Ctrl+], F8 или Alt+029.",
        "Let the scanner send control characters: GS (ASCII 29) as Ctrl+], F8 or Alt+029.";
    gs_spelled: "Вместо разделителя GS приходит", "In place of the separator GS comes";
    gs_spelled_text: "Отключите замену GS в настройках сканера: этот знак должен передаваться как есть (ASCII 29).",
        "Switch the replacement of GS off in the scanner: it has to be sent as it is (ASCII 29).";
    prefix: "Лишнее в начале", "Something extra in front";
    prefix_text: "Отключите приставку (prefix) или идентификатор символики (AIM ID).",
        "Switch off the prefix or the symbology identifier (AIM ID).";
    suffix: "Лишнее в конце", "Something extra at the end";
    suffix_text: "Оставьте в окончании (suffix) только Enter (CR).", "Leave nothing but Enter (CR) in the suffix.";
    no_enter: "В конце нет Enter", "There is no Enter at the end";
    no_enter_text: "Добавьте в сканере окончание (suffix) Enter (CR): тогда следующий код начнётся с новой строки.",
        "Give the scanner the suffix Enter (CR): then the next code begins on a line of its own.";
    lost: "Потерялись знаки", "Characters are lost";
    lost_text: "Компьютер не успевает за сканером: увеличьте паузу между знаками (inter-character delay) до 5–20 мс.",
        "The computer cannot follow the scanner: raise its inter-character delay to 5–20 ms.";
    slow: "Сканер печатает медленно", "The scanner types slowly";
    slow_text: "Между знаками проходит больше времени, чем ждут многие программы, и код разорвётся. Уменьшите паузу (inter-character delay) до 5–20 мс.",
        "More time passes between characters than many programs wait, and the code is torn. Lower the inter-character delay to 5–20 ms.";
    unread: "Это не код маркировки", "This is no marking code";
    unread_text: "Отсканируйте образец: на нём видно, что сканер меняет.", "Scan the sample: it shows what the scanner changes.";
}

/// How much came, and the longest time between two keys.
pub(crate) fn pace(characters: u32, slowest: u32, lang: Lang) -> String {
    let (count, slowest) = (number(characters), number(slowest));
    match lang {
        Lang::Ru => {
            let noun = plural(characters, "знак", "знака", "знаков");
            [&count, " ", noun, ", пауза до ", &slowest, " мс"].concat()
        }
        Lang::En => {
            let noun = if characters == 1 {
                "character"
            } else {
                "characters"
            };
            [&count, " ", noun, ", pauses up to ", &slowest, " ms"].concat()
        }
    }
}
