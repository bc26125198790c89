import PacketDecoding
import Testing
import Traffic

struct CaptureReaderTests {
    /// Reads a whole file through a window that grows by `step` octets: its packets as text, times, and how it ended.
    private struct Reading: Equatable {
        var packets: [String] = []
        var times: [Int64?] = []
        var links: [LinkType] = []
        var secrets: [String] = []
        var error: CaptureError?

        init(_ file: [UInt8], step: Int = .max) {
            var reader = CaptureReader()
            var start = 0
            var end = min(step, file.count)
            do throws(CaptureError) {
                while true {
                    let window = file.span.bytes.extracting(start..<end)
                    let (found, consumed) = try reader.next(in: window, isLast: end == file.count)
                    switch found {
                    case .packet(let record):
                        self.packets.append(
                            String(
                                decoding: file[start..<end][start...].dropFirst(record.octets.lowerBound).prefix(
                                    record.octets.count
                                ),
                                as: UTF8.self
                            )
                        )
                        self.times.append(record.time?.nanoseconds)
                        self.links.append(record.link)
                    case .secrets(_, let range):
                        self.secrets.append(
                            String(
                                decoding: file[(start + range.lowerBound)..<(start + range.upperBound)],
                                as: UTF8.self
                            )
                        )
                    case .needsMore: end = min(end + step, file.count)
                    case .other: break
                    case .end: return
                    }
                    start += consumed
                }
            } catch {
                self.error = error
            }
        }
    }

    private static func little32(_ value: Int) -> [UInt8] { Array(Packets.big32(UInt32(value)).reversed()) }
    private static func little16(_ value: Int) -> [UInt8] { Array(Packets.big16(value).reversed()) }

    private static func classic(_ magic: UInt32, little: Bool, nanoseconds: Bool) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] { little ? Self.little32(value) : Packets.big32(UInt32(value)) }
        let zeros = [UInt8](repeating: 0, count: 8)
        let version: [UInt8] = little ? [2, 0, 4, 0] : [0, 2, 0, 4]
        var file = Packets.big32(magic) + version + zeros + number(65_535) + number(1)
        for (index, text) in ["one", "three"].enumerated() {
            file += number(10 + index) + number(nanoseconds ? 5000 : 5) + number(text.utf8.count) + number(100)
            file += Array(text.utf8)
        }
        return file
    }

    @Test(arguments: [
        (0xA1B2_C3D4 as UInt32, false, false), (0xD4C3_B2A1, true, false), (0xA1B2_3C4D, false, true),
        (0x4D3C_B2A1, true, true),
    ])
    func `pcap files of every byte order and resolution are read, however the window grows`(
        magic: UInt32,
        little: Bool,
        nanoseconds: Bool
    ) {
        let file = Self.classic(magic, little: little, nanoseconds: nanoseconds)
        let whole = Reading(file)
        #expect(whole.packets == ["one", "three"])
        #expect(whole.times == [10_000_005_000, 11_000_005_000])
        #expect(whole.error == nil)
        for step in 1...40 { #expect(Reading(file, step: step) == whole) }
    }

    @Test
    func `a cut file gives what is before the cut, and says where`() {
        let file = Self.classic(0xD4C3_B2A1, little: true, nanoseconds: false)
        for count in 0..<file.count {
            let reading = Reading(Array(file[..<count]))
            #expect(reading.packets == (count >= 43 ? ["one"] : []))
            if count == 24 || count == 43 {
                #expect(reading.error == nil, "\(count)")
            } else if count > 0 {
                #expect(reading.error?.offset == (count < 24 ? 0 : count < 43 ? 24 : 43), "\(count)")
            }
        }
    }

    @Test
    func `a captured length that cannot be is damage, not memory`() {
        var file = Self.classic(0xD4C3_B2A1, little: true, nanoseconds: false)
        file.replaceSubrange(51..<55, with: [0xFF, 0xFF, 0xFF, 0xFF])
        let reading = Reading(file)
        #expect(reading.packets == ["one"])
        #expect(
            reading.error
                == CaptureError(.badLength(record: "a packet", value: 0xFFFF_FFFF, limit: 1 << 20), at: 43)
        )
    }

    // MARK: - pcapng

    private static func block(_ type: Int, _ body: [UInt8]) -> [UInt8] {
        let padded = body + [UInt8](repeating: 0, count: (4 - body.count % 4) % 4)
        let length = Self.little32(padded.count + 12)
        return Self.little32(type) + length + padded + length
    }

    private static let section = block(
        0x0A0D_0D0A,
        little32(0x1A2B_3C4D) + [1, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 8)
    )

    private static func interface(_ link: Int, options: [UInt8] = []) -> [UInt8] {
        Self.block(1, Self.little16(link) + [0, 0] + Self.little32(0) + options)
    }

    private static func enhanced(_ interface: Int, _ units: UInt64, _ text: String) -> [UInt8] {
        Self.block(
            6,
            Self.little32(interface) + Self.little32(Int(units >> 32)) + Self.little32(Int(units & 0xFFFF_FFFF))
                + Self.little32(text.utf8.count) + Self.little32(text.utf8.count) + Array(text.utf8)
        )
    }

    @Test
    func `pcapng files with several sections, link types and resolutions are read, however the window grows`() {
        let nanoseconds: [UInt8] = [9, 0, 1, 0, 9, 0, 0, 0] + [14, 0, 8, 0, 100, 0, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0]
        let binary: [UInt8] = [9, 0, 1, 0, 0x8A, 0, 0, 0]
        let file =
            Self.section + Self.interface(1) + Self.interface(113, options: nanoseconds) + Self.block(99, [1, 2, 3])
            + Self.enhanced(0, 7_000_001, "eth") + Self.enhanced(1, 5_000_000_001, "cooked")
            + Self.block(10, Self.little32(0x544C_534B) + Self.little32(5) + Array("keys!".utf8))
            + Self.section + Self.interface(276, options: binary) + Self.enhanced(0, 1536, "v2")
            + Self.block(3, Self.little32(3) + Array("sim".utf8))
            + Self.block(
                2,
                [0, 0, 0, 0] + Self.little32(0) + Self.little32(1024) + Self.little32(3) + Self.little32(3)
                    + Array("old".utf8)
            )
        let whole = Reading(file)
        #expect(whole.error == nil)
        #expect(whole.packets == ["eth", "cooked", "v2", "sim", "old"])
        #expect(whole.links == [.ethernet, .linuxSLL, .linuxSLL2, .linuxSLL2, .linuxSLL2])
        #expect(whole.times == [7_000_001_000, 105_000_000_001, 1_500_000_000, nil, 1_000_000_000])
        #expect(whole.secrets == ["keys!"])
        for step in 1...60 { #expect(Reading(file, step: step) == whole) }
    }

    @Test(arguments: [0, 4, 11, 14, 0x7FFF_FFF0])
    func `a block length that cannot be is damage`(length: Int) {
        var file = Self.section
        file += Self.little32(6) + Self.little32(length) + [UInt8](repeating: 0, count: 40)
        #expect(Reading(file).error?.offset == UInt64(Self.section.count))
    }

    @Test
    func `a packet of an interface that was not described is damage`() {
        let reading = Reading(Self.section + Self.enhanced(3, 0, "x"))
        #expect(reading.error == CaptureError(.unknownInterface(3), at: UInt64(Self.section.count)))
    }

    @Test
    func `what is no capture is told by its first octets`() {
        #expect(Reading(Array("hello, world, this is text".utf8)).error?.code == .unknownFormat(magic: 0x6865_6C6C))
        #expect(Reading([]).error?.code == .cut(record: "the file header", have: 0, need: 24))
    }
}
