import CaptureFiles
import Deflate
import PacketDecoding
import Testing
import Traffic

/// A file in memory that is read a few octets at a time.
final class MemorySource: OctetSource {
    private var octets: ArraySlice<UInt8>
    private let step: Int

    init(_ octets: [UInt8], step: Int = .max) {
        self.octets = octets[...]
        self.step = step
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(CaptureFileError) -> Int {
        let piece = self.octets.prefix(min(self.step, buffer.count))
        buffer.copyBytes(from: piece)
        self.octets = self.octets.dropFirst(piece.count)
        return piece.count
    }
}

struct CaptureFileTests {
    private static func little32(_ value: Int) -> [UInt8] {
        [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// A pcap file with a packet at each of `times`, whose text is its number.
    static func pcap(_ times: [Int], size: Int = 0) -> [UInt8] {
        var file: [UInt8] = [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0] + [UInt8](repeating: 0, count: 8)
        file += Self.little32(262_144) + Self.little32(1)
        for time in times {
            let text = Array("\(time)".utf8) + [UInt8](repeating: 0x2E, count: size)
            file +=
                Self.little32(time) + Self.little32(0) + Self.little32(text.count) + Self.little32(text.count) + text
        }
        return file
    }

    /// zstd and LZ4 frames of stored blocks, so that no compressor is needed.
    private static func zstd(_ octets: [UInt8]) -> [UInt8] {
        let header = octets.count << 3 | 1
        return [0x28, 0xB5, 0x2F, 0xFD, 0x80 | 0x20] + Self.little32(octets.count)
            + [UInt8(header & 0xFF), UInt8(header >> 8 & 0xFF), UInt8(header >> 16)] + octets
    }

    private static func lz4(_ octets: [UInt8]) -> [UInt8] {
        [0x04, 0x22, 0x4D, 0x18, 0x60, 0x40, 0x82] + Self.little32(octets.count | 1 << 31) + octets
            + [0, 0, 0, 0]
    }

    private static func gzip(_ octets: [UInt8]) throws -> [UInt8] {
        var deflater = try Deflater(.gzip)
        var file: [UInt8] = []
        deflater.deflate(octets.span.bytes, .finish) { piece in piece.withUnsafeBytes { file.append(contentsOf: $0) } }
        return file
    }

    /// The packets of `file` as text, and how it ended.
    static func packets(_ file: [UInt8], step: Int = .max) -> (texts: [String], error: CaptureFileError?) {
        let capture = CaptureFile(name: "test", source: MemorySource(file, step: step))
        var texts: [String] = []
        do throws(CaptureFileError) {
            while case .packet(let record) = try capture.next() {
                texts.append(
                    capture.withOctets(record.octets) { $0.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
                )
            }
        } catch {
            return (texts, error)
        }
        return (texts, nil)
    }

    @Test(arguments: ["plain", "gzip", "two members", "zstd", "lz4"])
    func `a file is read through every compression, however it comes`(kind: String) throws {
        let plain = Self.pcap([1, 2, 3])
        let file =
            switch kind {
            case "gzip": try Self.gzip(plain)
            case "two members": try Self.gzip(Array(plain[..<30])) + Self.gzip(Array(plain[30...]))
            case "zstd": Self.zstd(plain)
            case "lz4": Self.lz4(plain)
            default: plain
            }
        for step in [1, 2, 3, 7, 50, .max] {
            let (texts, error) = Self.packets(file, step: step)
            #expect(texts == ["1", "2", "3"], "\(step)")
            #expect(error == nil)
        }
    }

    @Test(arguments: ["gzip", "zstd", "lz4"])
    func `a cut compressed file gives what is before the cut, and says so`(kind: String) throws {
        let plain = Self.pcap(Array(1...2000))
        let file = kind == "gzip" ? try Self.gzip(plain) : kind == "zstd" ? Self.zstd(plain) : Self.lz4(plain)
        let (texts, error) = Self.packets(Array(file[..<(file.count / 2)]))
        #expect(!texts.isEmpty || kind == "zstd")
        #expect(texts == (1...2000).prefix(texts.count).map { "\($0)" })
        #expect(error != nil)
    }

    @Test
    func `packets of all sizes pass through a small window`() {
        let sizes = [0, 1, 70_000, 200_000, 5]
        let file = sizes.enumerated().reduce(into: Self.pcap([])) { file, next in
            file += Self.pcap([next.offset], size: next.element).dropFirst(24)
        }
        for step in [1000, 262_144] {
            let (texts, error) = Self.packets(file, step: step)
            #expect(texts.map(\.utf8.count) == sizes.map { $0 + 1 })
            #expect(error == nil)
        }
    }

    @Test
    func `several files are read in the order of time, a damaged one as far as it goes`() {
        let cut = Self.pcap([2, 5, 6])
        let files = [Self.pcap([1, 4, 7]), Array(cut.dropLast(1)), Self.pcap([]), Self.pcap([3, 3])]
        var secrets = 0
        var merged = MergedCaptures(
            files.enumerated().map { CaptureFile(name: "\($0.offset)", source: MemorySource($0.element)) },
            secrets: { _, _ in secrets += 1 }
        )
        var texts: [String] = []
        while merged.next({ _, file, octets in
            texts.append(octets.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } + "/\(file)")
        }) {}
        #expect(texts == ["1/0", "2/1", "3/3", "3/3", "4/0", "5/1", "7/0"])
        #expect(merged.damages.map(\.name) == ["1"])
        #expect(secrets == 0)
    }

    @Test
    func `a file of nothing but zeros in gzip is no capture, at once`() throws {
        let (texts, error) = Self.packets(try Self.gzip([UInt8](repeating: 0, count: 1 << 20)))
        #expect(texts.isEmpty)
        #expect(error?.isNoCapture == true)
    }
}
