public import Traffic

/// Times and amounts as text, for those who write tables of their own.
public enum TimeText {
    /// RFC 3339, UTC; `fraction` digits behind the seconds.
    public static func utc(_ time: Timestamp, fraction: Int = 0) -> String {
        self.text { $0.append(time, fraction: fraction) }
    }

    /// `400 ms`, `3.2 s`
    public static func duration(_ nanoseconds: Int64) -> String {
        self.text { $0.append(duration: nanoseconds) }
    }

    /// `3.1 MB`
    public static func octets(_ amount: UInt64) -> String {
        self.text { $0.append(octets: amount) }
    }

    private static func text(_ body: (inout ByteWriter) -> Void) -> String {
        var writer = ByteWriter()
        body(&writer)
        return writer.withBytes { bytes in bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
    }
}
