import Cryptography
import Testing

@Suite struct OctetTests {
    @Test func `hexadecimal digits come back as the same octets`() throws {
        let bytes = (0...255).map { UInt8($0) }
        #expect(try Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes)
        #expect(try Hexadecimal.decode(Array(Hexadecimal.string(bytes).uppercased().utf8)) == bytes)
        #expect(Hexadecimal.string([0x00, 0x9f, 0xa0]) == "009fa0")
    }

    @Test(arguments: [
        ("abc", Hexadecimal.Problem.oddLength), ("ag", .badDigit(offset: 1)), (" a", .badDigit(offset: 0)),
    ])
    func `a text that is not hexadecimal is refused`(text: String, problem: Hexadecimal.Problem) {
        #expect(throws: problem) { try Hexadecimal.decode(Array(text.utf8)) }
    }

    @Test(
        arguments: [
            ([], [], true), ([1, 2, 3], [1, 2, 3], true), ([1, 2, 3], [1, 2, 4], false), ([0, 2], [1, 2], false),
            ([1, 2], [1, 2, 3], false), ([], [0], false),
        ] as [([UInt8], [UInt8], Bool)]
    )
    func `octets are compared whole`(left: [UInt8], right: [UInt8], expected: Bool) {
        #expect(ConstantTime.areEqual(left, right) == expected)
    }

    @Test func `random octets have the length asked for and do not repeat`() throws {
        #expect(try RandomBytes.generate(count: 0).isEmpty)
        let first = try RandomBytes.generate(count: 32)
        #expect(first.count == 32)
        #expect(try RandomBytes.generate(count: 32) != first)
    }

    @Test func `a cleansed array is empty`() {
        var bytes: [UInt8] = [1, 2, 3]
        bytes.cleanse()
        #expect(bytes.isEmpty)
    }
}
