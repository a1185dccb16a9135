"""Makes the workbooks that the tests of server/src/bulk/workbook.rs read: pip install openpyxl xlsxwriter."""

import pathlib

import openpyxl
import xlsxwriter

CODE = "0104610053147452215d,OiLl\x1d93dGVz"
HARD = '0103041094787443215Q_x001D_"<&>\x1d93Zj_x'
ROWS = [["№ заказа", "КИЗ", "Цена"], [48512377, CODE, 100], [48512378, HARD, 99.5], [], [None, CODE, None]]
HERE = pathlib.Path(__file__).parent


def escaped(value):
    """openpyxl writes U+001D only in Excel's own spelling, and takes that spelling in a text as it is."""
    if not isinstance(value, str):
        return value
    return value.replace("_x001D_", "_x005F_x001D_").replace("\x1d", "_x001D_")


book = openpyxl.Workbook()
for row in ROWS:
    book.active.append([escaped(value) for value in row])
book.save(HERE / "openpyxl.xlsx")

book = xlsxwriter.Workbook(HERE / "xlsxwriter.xlsx")
sheet = book.add_worksheet()
for number, row in enumerate(ROWS):
    for column, value in enumerate(row):
        if value is not None:
            sheet.write(number, column, value)
book.close()
