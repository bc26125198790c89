import Deflate
import Testing

@Suite struct Gzip {
    @Test(arguments: [Int.max, 1, 7])
    func `a file of several members, with padding, is one stream`(chunk: Int) throws {
        let first = mail(lines: 40)
        let second = Array("the second member\r\n".utf8)
        let file = try deflated(first, .finish, .gzip) + deflated(second, .finish, .gzip) + [0, 0, 0]
        #expect(file.starts(with: [0x1F, 0x8B]))
        #expect(try inflated(file, .gzip, chunk: chunk) == first + second)
    }

    @Test func `a member of another implementation`() throws {
        // printf 'hello\n' | gzip -n
        let file = [UInt8](hex: "1f8b0800000000000003cb48cdc9c9e7020020303a3606000000")
        #expect(String(decoding: try inflated(file, .gzip), as: UTF8.self) == "hello\n")
    }

    @Test func `a wrong checksum, trailing octets and a cut are told apart`() throws {
        let file = try deflated(mail(lines: 10), .finish, .gzip)
        var damaged = file
        damaged[damaged.count - 6] ^= 1
        #expect(throws: InflateError.self) { _ = try inflated(damaged, .gzip) }
        let trailing = #expect(throws: InflateError.self) { _ = try inflated(file + [0x50, 0x4B], .gzip) }
        #expect(trailing?.code == .trailingOctets)
        #expect(trailing?.offset == UInt64(file.count))
        var inflater = try Inflater(.gzip)
        _ = try inflater.inflate(file.span.bytes.extracting(0..<file.count - 2)) { _ in .more }
        let cut = #expect(throws: InflateError.self) { try inflater.finish() }
        #expect(cut?.code == .truncated)
    }
}
