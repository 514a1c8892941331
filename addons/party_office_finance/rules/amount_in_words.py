"""Write an amount of money in Vietnamese words.

Pure functions, standard library only. num2words (``vi``) loses the "không trăm" group:
it writes 1 001 as "một nghìn lẻ một"; a voucher needs "một nghìn không trăm linh một".

>>> amount_in_words(1005)
'Một nghìn không trăm linh năm đồng'
>>> amount_in_words(-21000)
'Âm hai mươi mốt nghìn đồng'
"""

from decimal import Decimal

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
THOUSAND = "nghìn"
MILLION = "triệu"
BILLION = "tỷ"
LIMIT = 10**18


def _units_after_ten(unit):
    """Return the words of the last digit after "mười" (10)."""
    if unit == 0:
        return []
    return ["lăm"] if unit == 5 else [DIGITS[unit]]


def _units_after_tens(unit):
    """Return the words of the last digit after "mươi" (20 to 90)."""
    special = {0: [], 1: ["mốt"], 4: ["tư"], 5: ["lăm"]}
    return special.get(unit, [DIGITS[unit]])


def _group(number, full):
    """Return the words of 0..999; ``full`` reads the missing hundreds aloud."""
    hundreds, rest = divmod(number, 100)
    tens, unit = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        if unit:
            words += ["linh", DIGITS[unit]] if words else [DIGITS[unit]]
    elif tens == 1:
        words += ["mười", *_units_after_ten(unit)]
    else:
        words += [DIGITS[tens], "mươi", *_units_after_tens(unit)]
    return words


def _below_billion(number, full):
    words = []
    for scale, name in ((10**6, MILLION), (10**3, THOUSAND), (1, "")):
        part, number = divmod(number, scale)
        if part:
            words += _group(part, full)
            if name:
                words.append(name)
        full = full or bool(part)
    return words


def number_in_words(number):
    """Return a whole number in Vietnamese words, lower case.

    :param int number: between -10**18 and 10**18, both excluded
    :raises ValueError: when the number is not whole or too large
    """
    if Decimal(str(number)) != int(number):
        raise ValueError(f"not a whole number: {number}")
    number = int(number)
    if abs(number) >= LIMIT:
        raise ValueError(f"too large: {number}")
    if number == 0:
        return DIGITS[0]
    words = ["âm"] if number < 0 else []
    billions, rest = divmod(abs(number), 10**9)
    if billions:
        words += [*_below_billion(billions, False), BILLION]
    words += _below_billion(rest, bool(billions))
    return " ".join(words)


def amount_in_words(amount, unit="đồng"):
    """Return an amount of whole đồng in words, first letter in upper case.

    :raises ValueError: when the amount has a fraction of a đồng
    """
    words = f"{number_in_words(amount)} {unit}"
    return words[0].upper() + words[1:]
