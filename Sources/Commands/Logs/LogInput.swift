import LogImport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Which of the files that a command reads are logs of other programs.
enum LogInput {
    /// So much of a file is looked at to know it.
    private static let head = 1 << 16

    /// The first octets of what is no log: pcap in four forms, pcapng, gzip, zstd, lz4.
    private static let captures: [[UInt8]] = [
        [0xA1, 0xB2, 0xC3, 0xD4], [0xD4, 0xC3, 0xB2, 0xA1], [0xA1, 0xB2, 0x3C, 0x4D], [0x4D, 0x3C, 0xB2, 0xA1],
        [0x0A, 0x0D, 0x0D, 0x0A], [0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], [0x04, 0x22, 0x4D, 0x18],
    ]

    /// The format of a log; nil for what is none, or cannot be known without reading it away: standard input and pipes.
    static func format(of path: String, named name: String?) throws -> (any LogFormat)? {
        if let name {
            guard let format = LogFormats.named(name) else {
                let names = LogFormats.all.map(\.name)
                throw UsageError(option: "--from", text: SettingValueError(name, choices: names).description)
            }
            return format
        }
        guard path != "-" else { return nil }
        let file = try InputFile(path: path)
        guard file.isRegular else { return nil }
        var octets = [UInt8](repeating: 0, count: Self.head)
        let descriptor = file.descriptor
        let count = octets.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        octets.removeLast(octets.count - max(0, count))
        guard !Self.captures.contains(where: { octets.starts(with: $0) }) else { return nil }
        if let partner = RawlogPair.partner(of: path), access(partner, R_OK) == 0 { return LogFormats.named("rawlog") }
        return LogFormats.detect(octets)
    }
}
