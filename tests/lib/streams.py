"""Makes deflate streams with one block whose codes no encoder writes and decoders treat differently.

Not a test. The expected bytes are those that libdeflate returns. It accepts more than zlib: reserved symbols, which it reads
as the last ones that are not reserved; an unused codeword, read as another one; an empty distance code, read as a
distance of 1; and lengths of codewords beyond the last symbol.
"""

import collections
import zlib

END = 256
LITERAL = ord("a")
LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
           258, 258, 258]
DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073,
             4097, 6145, 8193, 12289, 16385, 24577, 24577, 24577]
ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
FAR = 26000             # bytes before a block from where on every distance leads to one


def words(lengths):
    """The codeword of each symbol, as its bits; symbols without one are left out."""
    found, word = {}, 0
    for length in range(1, 16):
        for symbol, own in enumerate(lengths):
            if own == length:
                found[symbol] = format(word, "0%db" % length)
                word += 1
        word <<= 1
    return found


def even(number):
    """Lengths of a complete code."""
    bits = max(1, (number - 1).bit_length())
    short = (1 << bits) - number
    return [bits - 1] * short + [bits] * (number - short)


def some(number, **lengths):
    """Lengths of a code in which few symbols have codewords; s256=1: the symbol 256 has one of one bit."""
    return [lengths.get("s%d" % symbol, 0) for symbol in range(number)]


class Stream:
    """A stream in the making: its bits, and the bytes that it inflates to."""

    def __init__(self):
        self.bits, self.content = [], bytearray()

    def put(self, value, number):
        self.bits.append(format(value, "0%db" % number)[::-1] if number else "")

    def align(self):
        self.bits.append("0" * (-sum(map(len, self.bits)) % 8))

    def add(self, data, content):
        """Whole blocks of somebody else."""
        self.bits += [format(byte, "08b")[::-1] for byte in data]
        self.content += content

    def literal(self, codewords, symbol=LITERAL):
        self.bits.append(codewords[symbol])
        self.content.append(symbol)

    def match(self, literals, length, distances, distance, word=None):
        """A length and a distance, by their symbols; `word` is the codeword of the distance, if another is meant."""
        self.bits.append(literals[length])
        self.put(0, 0 if length < 265 or length > 284 else (length - 261) // 4)
        self.bits.append(distances[distance] if word is None else word)
        self.put(0, 0 if distance < 4 else 13 if distance > 29 else distance // 2 - 1)
        for _ in range(LENGTHS[length - 257]):
            self.content.append(self.content[-DISTANCES[distance]])

    def codes(self, last, literals, distances):
        """The head of a block of these codes, with each length in four bits. Returns the codewords of both."""
        self.head(last, len(literals), len(distances), [4] * 16 + [0] * 3)
        for length in literals + distances:
            self.bits.append(format(length, "04b"))
        return words(literals), words(distances)

    def head(self, last, literals, distances, lengths):
        """The head of a block up to the lengths of its codewords. Returns the code to write these in."""
        self.put(last | 2 << 1, 3)
        for value, number in ((literals - 257, 5), (distances - 1, 5), (15, 4)):
            self.put(value, number)
        for symbol in ORDER:
            self.put(lengths[symbol], 3)
        return words(lengths)

    def data(self):
        bits = "".join(self.bits)
        bits += "0" * (-len(bits) % 8)
        return int(bits[::-1] or "0", 2).to_bytes(len(bits) // 8, "little")


# --- blocks to begin with -------------------------------------------------------------------------------------

def fixed_codes():
    return words([8] * 144 + [9] * 112 + [7] * 24 + [8] * 8), words([5] * 32)


def fill(stream, literals, distances, size):
    end = len(stream.content) + size
    stream.literal(literals)
    while len(stream.content) < end:
        stream.match(literals, 285, distances, 0)
    stream.bits.append(literals[END])


def dynamic(stream, size):
    fill(stream, *stream.codes(0, even(286), even(30)), size)


def fixed(stream, size):
    stream.put(1 << 1, 3)
    fill(stream, *fixed_codes(), size)


def stored(stream, size):
    stream.put(0, 3)
    stream.align()
    stream.put(size, 16)
    stream.put(size ^ 0xffff, 16)
    stream.bits.append("10000110" * size)
    stream.content += b"a" * size


# --- blocks that are odd --------------------------------------------------------------------------------------

def codes_of(literals, distances, length=257, distance=0):
    """A block of these codes with a match of these symbols."""
    def write(stream, last):
        codes = stream.codes(last, literals, distances)
        stream.literal(codes[0])
        stream.match(codes[0], length, codes[1], distance)
        stream.bits.append(codes[0][END])
    return write


def fixed_with(length, distance):
    """A block of the fixed codes with a match of these symbols."""
    def write(stream, last):
        stream.put(last | 1 << 1, 3)
        literals, distances = fixed_codes()
        stream.literal(literals)
        stream.match(literals, length, distances, distance)
        stream.bits.append(literals[END])
    return write


def distance_by(word, length, symbol=0):
    """A block whose distance code has one symbol at most, for which this codeword stands; None: no match."""
    def write(stream, last):
        literals, _ = stream.codes(last, even(286), some(30, **{"s%d" % symbol: length}))
        stream.literal(literals)
        if word is not None:
            stream.match(literals, 257, {}, symbol, word)
        stream.bits.append(literals[END])
    return write


def end_by(bit):
    """A block that holds nothing; its end alone has a codeword."""
    def write(stream, last):
        stream.codes(last, some(257, s256=1), even(2))
        stream.put(bit, 1)
    return write


def repeated(repeats, distances):
    """
    A block of two literals and so many distances, for which stand, in lengths: these symbols, each with the number
    behind it.
    """
    def write(stream, last):
        code = stream.head(last, 257, distances, even(19))
        literals = [(18, LITERAL - 11), (1, 0), (18, 127), (18, END - LITERAL - 1 - 138 - 11), (1, 0)]
        for symbol, more in literals + repeats:
            stream.bits.append(code[symbol])
            stream.put(more, {16: 2, 17: 3, 18: 7}.get(symbol, 0))
        stream.literal({LITERAL: "0"})
        stream.bits.append("1")
    return write


# A block; `size` bytes must be before it.
Odd = collections.namedtuple("Odd", "name write size", defaults=(1,))

BLOCKS = [
    Odd("287 literals", codes_of(even(287), even(30))),
    Odd("288 literals", codes_of(even(288), even(30))),
    Odd("length 286 of its own code", codes_of(even(288), even(30), length=286)),
    Odd("length 287 of its own code", codes_of(even(288), even(30), length=287)),
    Odd("31 distances", codes_of(even(286), even(31))),
    Odd("32 distances", codes_of(even(286), even(32))),
    Odd("distance 30 of its own code", codes_of(even(286), even(31), distance=30), FAR),
    Odd("distance 31 of its own code", codes_of(even(286), even(32), distance=31), FAR),
    Odd("fixed length 286", fixed_with(286, 0)),
    Odd("fixed length 287", fixed_with(287, 0)),
    Odd("fixed distance 30", fixed_with(257, 30), FAR),
    Odd("fixed distance 31", fixed_with(257, 31), FAR),
    Odd("the end alone", end_by(0)),
    Odd("the end alone, by the other word", end_by(1)),
    Odd("one distance, not used", distance_by(None, 1)),
    Odd("one distance", distance_by("0", 1)),
    Odd("one distance, by the other word", distance_by("1", 1)),
    Odd("one distance that is not 1, by the other word", distance_by("1", 1, 1), 2),
    Odd("no distance, not used", distance_by(None, 0)),
    Odd("no distance, used", distance_by("0", 0)),
    Odd("no distance, used by the other word", distance_by("1", 0)),
    Odd("a length repeated", repeated([(3, 0), (16, 0), (16, 1)], 8)),
    Odd("a length repeated beyond the last", repeated([(3, 0), (16, 0), (16, 2)], 8)),
    Odd("few zeros", repeated([(1, 0), (1, 0), (17, 4)], 9)),
    Odd("few zeros beyond the last", repeated([(1, 0), (1, 0), (17, 5)], 9)),
    Odd("many zeros", repeated([(1, 0), (1, 0), (18, 17)], 30)),
    Odd("many zeros beyond the last", repeated([(1, 0), (1, 0), (18, 18)], 30)),
    Odd("most zeros beyond the last", repeated([(1, 0), (1, 0), (18, 127)], 30)),
]


def nothing(_, __):
    pass


def made(odd, before, last, filler):
    """A stream with the odd block as the last one, the filler before it; or with the filler behind."""
    stream = Stream()
    if last and filler:
        packer = zlib.compressobj(wbits=-15)
        stream.add(packer.compress(filler) + packer.flush(zlib.Z_SYNC_FLUSH), filler)
    before(stream, max(odd.size, 40))
    odd.write(stream, last)
    if not last:
        stored(stream, 0)
        packer = zlib.compressobj(wbits=-15)
        stream.add(packer.compress(filler) + packer.flush(), filler)
    return stream


def handmade(size=None):
    """
    (name, raw stream, content) of each odd block as the first one, and behind blocks of each kind; as the last one, and
    before others. With a size, the content is so long.
    """
    for odd in BLOCKS:
        for before in (nothing, dynamic, fixed, stored) if odd.size == 1 else (dynamic, fixed, stored):
            for last in (0, 1):
                stream = made(odd, before, last, b"")
                left = size - len(stream.content) if size else 0
                if left > 0:
                    stream = made(odd, before, last, bytes(i * i % 251 for i in range(left)))
                if left >= 0:
                    yield "%s behind %s, %d" % (odd.name, before.__name__, last), stream.data(), bytes(stream.content)
