//! The exact sentences, in both languages.

use cis::Lang::{En, Ru};
use cis::parse;

/// Asserts the sentences of a refusal: the text, then Russian, then English.
fn assert_refused(cases: &[(&str, &str, &str)]) {
    for (text, russian, english) in cases {
        let refusal = parse(text).result.unwrap_err();
        assert_eq!(refusal.message(Ru), *russian, "{text:?}");
        assert_eq!(refusal.message(En), *english, "{text:?}");
        assert_eq!(refusal.to_string(), *english);
    }
}

#[test]
fn characters_that_may_not_be_there_are_named_with_their_place() {
    assert_refused(&[
        (
            " \u{1d} ",
            "Код пустой. Отсканируйте или вставьте код маркировки.",
            "The code is empty. Scan or paste a marking code.",
        ),
        (
            &format!("010304109478744321{}", "a".repeat(243)),
            "В коде 261 символ, а бывает не больше 256. Возможно, вставлено несколько кодов подряд.",
            "The code has 261 characters, and no code has more than 256. Perhaps several codes were pasted in a row.",
        ),
        (
            "0104610053147452215d,OiСl",
            "В серийном номере, позиция 6: русская буква «С» вместо латинской «C». Включите английскую раскладку и отсканируйте код ещё раз.",
            "In the serial number, position 6: Cyrillic letter “С” in place of Latin “C”. Switch to the English keyboard layout and scan the code again.",
        ),
        (
            "0103041094787443215Qbag!\u{1d}93Zйqw",
            "В элементе 93, позиция 2: русская буква «й». Включите английскую раскладку и отсканируйте код ещё раз.",
            "In element 93, position 2: Cyrillic letter “й”. Switch to the English keyboard layout and scan the code again.",
        ),
        (
            "0103041094787443215Q€ag!",
            "В серийном номере, позиция 3: недопустимый символ «€» (U+20AC). В коде бывают только латинские буквы, цифры и знаки. Отсканируйте код ещё раз.",
            "In the serial number, position 3: illegal character “€” (U+20AC). Codes have only Latin letters, digits and signs. Scan the code again.",
        ),
        (
            "01030410947\t87443215Qbag!",
            "В GTIN, позиция 10: управляющий символ U+0009. Внутри кода бывает только разделитель GS (U+001D). Отсканируйте код ещё раз.",
            "In the GTIN, position 10: control character U+0009. Only the separator GS (U+001D) may stand inside a code. Scan the code again.",
        ),
        (
            "0103041094787443215Q ag!",
            "В серийном номере, позиция 3: пробел. В коде маркировки пробелов не бывает. Отсканируйте код ещё раз.",
            "In the serial number, position 3: a space. There are no spaces in marking codes. Scan the code again.",
        ),
    ]);
}

#[test]
fn things_that_are_no_marking_code_are_explained() {
    assert_refused(&[
        (
            "4610053147452",
            "Это обычный штрихкод товара (13 цифр), а не код маркировки. Отсканируйте квадратный код DataMatrix на товаре.",
            "This is an ordinary bar code (13 digits), not a marking code. Scan the square DataMatrix code on the goods.",
        ),
        (
            "04610053147452",
            "Это GTIN без серийного номера, а не код маркировки. Отсканируйте квадратный код DataMatrix на товаре.",
            "This is a GTIN without a serial number, not a marking code. Scan the square DataMatrix code on the goods.",
        ),
        (
            "https://честныйзнак.рф",
            "Это ссылка, а не код маркировки. Отсканируйте квадратный код DataMatrix на товаре.",
            "This is a link, not a marking code. Scan the square DataMatrix code on the goods.",
        ),
        (
            &"A1".repeat(34),
            "Это марка ЕГАИС для крепкого алкоголя, а не код маркировки.",
            "This is an EGAIS mark for strong alcohol, not a marking code.",
        ),
        (
            "00346006820000000014",
            "Это код транспортной упаковки (SSCC), а не код единицы товара. Отсканируйте квадратный код DataMatrix на товаре.",
            "This is the code of a transport package (SSCC), not of one unit. Scan the square DataMatrix code on the goods.",
        ),
        (
            "04601653035829H;dV)bFABVUdGVz",
            "Похоже на код пачки табака или никотина: в нём нет 01 и 21. Такие коды пока не принимаются.",
            "This looks like the code of a pack of tobacco or nicotine: it has no 01 and 21. Such codes are not accepted yet.",
        ),
        (
            "RU-401301-AAA0277031",
            "Похоже на контрольный знак мехового изделия. Такие коды пока не принимаются.",
            "This looks like the mark of a fur garment. Such codes are not accepted yet.",
        ),
        (
            "1234567890123456",
            "Похоже на УИН ювелирного изделия (16 цифр). Для него есть своё поле.",
            "This looks like the UIN of a piece of jewellery (16 digits). It has a field of its own.",
        ),
        (
            "hello",
            "Код маркировки начинается с 01 и GTIN, а этот текст начинается иначе. Отсканируйте код ещё раз.",
            "A marking code begins with 01 and a GTIN, and this text does not. Scan the code again.",
        ),
    ]);
}

#[test]
fn a_damaged_identity_is_explained() {
    assert_refused(&[
        (
            "0103041094787444215Qbag!",
            "Контрольная цифра GTIN не сходится: стоит 4, а должна быть 3. Отсканируйте код ещё раз.",
            "The check digit of the GTIN is wrong: it is 4 and must be 3. Scan the code again.",
        ),
        (
            "01030A1094787443215Qbag!",
            "В GTIN, позиция 4: «A» вместо цифры. Отсканируйте код ещё раз.",
            "In the GTIN, position 4: “A” in place of a digit. Scan the code again.",
        ),
        (
            "010304",
            "В GTIN 4 цифры, а должно быть 14. Отсканируйте код ещё раз.",
            "The GTIN has 4 digits and must have 14. Scan the code again.",
        ),
        (
            "0103041094787443105Qbag!",
            "Позиция 17: после GTIN нет идентификатора 21 и серийного номера. Отсканируйте код ещё раз.",
            "Position 17: identifier 21 with the serial number is missing behind the GTIN. Scan the code again.",
        ),
        (
            "0103041094787443215Qb",
            "В серийном номере 3 символа, а бывает 6, 7, 8, 13 или 20. Возможно, часть кода потеряна. Отсканируйте код ещё раз.",
            "The serial number has 3 characters, and lawful lengths are 6, 7, 8, 13 and 20. Perhaps a part of the code is lost. Scan the code again.",
        ),
    ]);
}

#[test]
fn a_damaged_tail_or_element_is_explained() {
    let signature = "dGVzdBL8SAtwRqhp7H9rfyI59GoJ8ec6X9GhckDf8JE=";
    assert_refused(&[
        (
            "0103041094787443215Qbag!\u{1d}93Zjq",
            "В элементе 93 3 символа, а должно быть 4. Код обрезан или повреждён. Отсканируйте код ещё раз.",
            "Element 93 has 3 characters and must have 4. The code is cut or damaged. Scan the code again.",
        ),
        (
            &format!(
                "0104669000322220215t*NH>t:ngCfH\u{1d}91FFD0\u{1d}92{}",
                signature.trim_end_matches('=')
            ),
            "В элементе 92 43 символа, а должно быть 44 или 88. Код обрезан или повреждён. Отсканируйте код ещё раз.",
            "Element 92 has 43 characters and must have 44 or 88. The code is cut or damaged. Scan the code again.",
        ),
        (
            "0104669000322220215t*NH>t:ngCfH\u{1d}91FFD0",
            "После элемента 91 нет элемента 92, криптохвост неполный. Отсканируйте код ещё раз.",
            "Element 91 is not followed by 92, the crypto tail is incomplete. Scan the code again.",
        ),
        (
            &format!("0104669000322220215t*NH>t:ngCfH\u{1d}92{signature}"),
            "Перед элементом 92 нет элемента 91, криптохвост неполный. Отсканируйте код ещё раз.",
            "Element 92 does not follow 91, the crypto tail is incomplete. Scan the code again.",
        ),
        (
            &format!("0104669000322220215t*NH>t:ngCfH\u{1d}91FFD0\u{1d}92{signature}\u{1d}93dGVz"),
            "В коде два криптохвоста: и 91 с 92, и 93. Возможно, склеены два кода.",
            "The code has two crypto tails, 91 with 92 and 93. Perhaps two codes are glued together.",
        ),
        (
            "0104607010350246215kRdG-X%W(Rnb93dGVz",
            "Потерян разделитель GS перед 93 (позиция 32). Отсканируйте код сканером, который передаёт разделители, или вставьте GS на это место.",
            "The separator GS in front of 93 is lost (position 32). Use a scanner that sends separators, or put GS there.",
        ),
        (
            "0103041094787443215Qbag!\u{1d}88Zjqw",
            "Позиция 26: после разделителя стоит «88», таких элементов в кодах маркировки нет. Отсканируйте код ещё раз.",
            "Position 26: “88” follows the separator, and marking codes have no such element. Scan the code again.",
        ),
        (
            "0103041094787443215Qbag!\u{1d}93Zjqw\u{1d}93Zjqw",
            "Позиция 33: элемент 93 встречается второй раз. Возможно, склеены два кода.",
            "Position 33: element 93 is there for the second time. Perhaps two codes are glued together.",
        ),
        (
            "0103041094787443215Qbag!\u{1d}93Zjqw\u{1d}31030003",
            "В элементе 3103 4 символа, а должно быть 6. Код обрезан или повреждён. Отсканируйте код ещё раз.",
            "Element 3103 has 4 characters and must have 6. The code is cut or damaged. Scan the code again.",
        ),
        (
            "0103041094787443215Qbag!\u{1d}93Zjqw\u{1d}310300O353",
            "В элементе 3103, позиция 3: «O» вместо цифры. Отсканируйте код ещё раз.",
            "In element 3103, position 3: “O” in place of a digit. Scan the code again.",
        ),
        (
            "0103041094787443215Qbag!\\\\\\u001d93Zjqw",
            "В серийном номере, позиция 7: вместо разделителя GS стоит текст «\\\\\\u001d», и сколько обратных черт в нём лишние, неизвестно. Отсканируйте код ещё раз.",
            "In the serial number, position 7: the text “\\\\\\u001d” stands in place of the separator GS, and nobody can tell how many of its backslashes are superfluous. Scan the code again.",
        ),
    ]);
}

#[test]
fn every_remark_says_what_and_where() {
    let cases = [
        (
            "\u{feff}0103041094787443215Qbag!\u{1d}93Zjqw\r\n",
            "Убраны пробелы и невидимые символы по краям: 1 в начале, 2 в конце.",
            "Spaces and invisible characters were taken off the edges: 1 in front, 2 behind.",
        ),
        (
            "0103041094787443\u{200b}215Qbag!\u{1d}93Zjqw",
            "Позиция 17: убран невидимый символ U+200B.",
            "Position 17: invisible character U+200B was dropped.",
        ),
        (
            "]C10103041094787443215Qbag!\u{1d}93Zjqw",
            "Убран префикс сканера «]C1».",
            "The scanner's prefix “]C1” was dropped.",
        ),
        (
            "\u{1d}0103041094787443215Qbag!\u{1d}93Zjqw",
            "Убран разделитель GS в начале кода.",
            "The separator GS in front of the code was dropped.",
        ),
        (
            "0103041094787443215Qbag!\u{1d}93Zjqw\u{1d}",
            "Убран разделитель GS в конце кода.",
            "The separator GS behind the code was dropped.",
        ),
        (
            "0103041094787443215Qbag!\u{1d}\u{1d}93Zjqw",
            "Позиция 26: убран повторный разделитель GS.",
            "Position 26: a doubled separator GS was dropped.",
        ),
        (
            "0103041094787443\u{1d}215Qbag!\u{1d}93Zjqw",
            "Позиция 17: убран лишний разделитель GS после GTIN.",
            "Position 17: a superfluous separator GS behind the GTIN was dropped.",
        ),
        (
            "0103041094787443215Qbag!\\\\u001D93Zjqw",
            "Позиция 25: «\\\\u001D» заменено на разделитель GS.",
            "Position 25: “\\\\u001D” became the separator GS.",
        ),
        (
            "0103041094787443215Qbag!\u{93}93Zjqw",
            "Позиция 25: «U+0093» заменено на разделитель GS.",
            "Position 25: “U+0093” became the separator GS.",
        ),
        (
            "(01)03041094787443215Qbag!\u{1d}93Zjqw",
            "Позиция 1: убраны скобки вокруг идентификатора 01.",
            "Position 1: brackets around identifier 01 were removed.",
        ),
        (
            "0103041094787443215Qb\\g!\u{1d}93Zjqw",
            "Позиция 22: символ «\\» в кодах маркировки не встречается. Сверьте код с упаковкой.",
            "Position 22: character “\\” is not used in marking codes. Compare the code with the package.",
        ),
        (
            "0103041094787443215Qbag!",
            "Это код без криптохвоста: единицу он называет, но проверить подлинность по нему нельзя.",
            "This code has no crypto tail: it names the unit, but its genuineness cannot be checked.",
        ),
        (
            "0104610053147452215d,OiLl93dGVz",
            "Код читается двояко: как код без криптохвоста 0104610053147452215d,OiLl93dGVz или как код с потерянным разделителем 0104610053147452215d,OiLl␝93dGVz. Выберите нужное или отсканируйте код ещё раз.",
            "The code reads in two ways: as a code without tail, 0104610053147452215d,OiLl93dGVz, or as a code that lost its separator, 0104610053147452215d,OiLl␝93dGVz. Choose one or scan the code again.",
        ),
    ];
    for (text, russian, english) in cases {
        let parsed = parse(text);
        let [remark] = parsed.remarks.as_slice() else {
            panic!("one remark for {text:?}, not {:?}", parsed.remarks);
        };
        assert_eq!(remark.message(Ru), russian);
        assert_eq!(remark.message(En), english);
    }
}
