"""Write an amount of money in Vietnamese words.

num2words has a converter for Vietnamese that is wrong for vouchers: it drops empty
groups (1 021 becomes "một nghìn lẻ hai mươi mốt"), reads below zero as something else
(-15 as "năm") and 10**15 as a hundred thousand billion. Here it is corrected; what was
right is still its own.

>>> amount_in_words(1021)
'Một nghìn không trăm hai mươi mốt đồng'
>>> amount_in_words(-21000)
'Âm hai mươi mốt nghìn đồng'
"""

from decimal import Decimal, InvalidOperation

from num2words.lang_VI import Num2Word_VI, denom, to_19

LIMIT = 10**18
BILLION = 10**9
SCALES = tuple((1000**power, denom[power]) for power in (2, 1, 0))


class VietnameseWords(Num2Word_VI):
    """num2words' converter as a voucher needs it.

    Every group of three digits after the first is read in full ("không trăm linh
    một"), above a billion the billions are counted ("một triệu tỷ"), and a number has
    a sign.

    >>> VietnameseWords().to_cardinal(10**15)
    'một triệu tỷ'
    >>> VietnameseWords().to_cardinal(-15)
    'âm mười lăm'
    >>> VietnameseWords().to_cardinal("40.05")
    'bốn mươi phẩy không năm'
    """

    def _convert_nn(self, val):
        """Return the words of 0..99; four is "tư" after "mươi"."""
        words = super()._convert_nn(val)
        if val > 20 and val % 10 == 4:
            words = words.removesuffix(to_19[4]) + "tư"
        return words

    def _convert_nnn(self, val, full=False):
        """Return the words of 1..999; ``full`` reads missing hundreds aloud."""
        hundreds, rest = divmod(val, 100)
        words = [to_19[hundreds], "trăm"] if hundreds or full else []
        if words and 0 < rest < 10:
            words.append("linh")
        if rest:
            words.append(self._convert_nn(rest))
        return " ".join(words)

    def vietnam_number(self, val):
        """Return the words of a whole number from 0 to below ``LIMIT``."""
        if val < 100:
            return self._convert_nn(val)
        billions, rest = divmod(val, BILLION)
        words = [self.vietnam_number(billions), denom[3]] if billions else []
        for scale, name in SCALES:
            group, rest = divmod(rest, scale)
            if group:
                words.append(self._convert_nnn(group, full=bool(words)))
                words += [name] if name else []
        return " ".join(words)

    def number_to_text(self, number):
        """Return any number below ``LIMIT`` in words, lower case.

        Decimals are read after "phẩy", their leading zeros one by one.

        :raises ValueError: no number, or too large
        """
        number = _finite(number)
        if abs(number) >= LIMIT:
            raise ValueError(f"too large: {number}")
        whole, _point, decimals = f"{abs(number):f}".partition(".")
        decimals = decimals.rstrip("0")
        words = ["âm"] if number < 0 else []
        words.append(self.vietnam_number(int(whole)))
        if decimals:
            if int(decimals) >= LIMIT:
                raise ValueError(f"too many decimals: {number}")
            zeros = len(decimals) - len(decimals.lstrip("0"))
            words += ["phẩy", *[to_19[0]] * zeros, self.vietnam_number(int(decimals))]
        return " ".join(words)


_CONVERTER = VietnameseWords()


def _finite(number):
    """Return a number as ``Decimal``.

    :raises ValueError: when it is none
    """
    try:
        result = Decimal(str(number))
    except InvalidOperation as error:
        raise ValueError(f"not a number: {number}") from error
    if not result.is_finite():
        raise ValueError(f"not a number: {number}")
    return result


def number_in_words(number):
    """Return a whole number in Vietnamese words, lower case.

    :param int number: between -10**18 and 10**18, both excluded
    :raises ValueError: when the number is not whole or too large
    """
    value = _finite(number)
    if value != value.to_integral_value():
        raise ValueError(f"not a whole number: {number}")
    return _CONVERTER.to_cardinal(int(value))


def amount_in_words(amount, unit="đồng"):
    """Return an amount of whole đồng in words, first letter in upper case.

    :raises ValueError: when the amount has a fraction of a đồng
    """
    words = f"{number_in_words(amount)} {unit}"
    return words[0].upper() + words[1:]
