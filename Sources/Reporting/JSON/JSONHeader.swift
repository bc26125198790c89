/// The line that every file begins with: who wrote it, and what makes it, or the sessions in it, less safe.
public struct JSONHeader: Sendable, Hashable {
    /// imapscope's.
    public var version: String
    /// Whether what follows is not masked.
    public var revealsSecrets: Bool
    /// Whether the server's certificates are not verified.
    public var skipsVerification: Bool

    public init(version: String, revealsSecrets: Bool = false, skipsVerification: Bool = false) {
        self.version = version
        self.revealsSecrets = revealsSecrets
        self.skipsVerification = skipsVerification
    }

    /// The line, for a file that goes on where another ended.
    public var octets: [UInt8] {
        var writer = ByteWriter(capacity: 256)
        writer.append(self)
        return writer.withBytes { bytes in bytes.withUnsafeBytes { [UInt8]($0) } }
    }
}

extension ByteWriter {
    mutating func append(_ header: JSONHeader) {
        self.append(#"{"event":"header","schema":{"name":"#)
        self.append(prose: JSONLines.schema.name)
        self.append(#","version":"#)
        self.append(decimal: JSONLines.schema.version)
        self.append(#"},"imapscope":"#)
        self.append(prose: header.version)
        self.append(#","reveals_secrets":"#)
        self.append(header.revealsSecrets)
        self.append(#","skips_verification":"#)
        self.append(header.skipsVerification)
        self.append("}\n")
    }
}
