import COpenSSL

/// OpenSSL refused an operation, for instance MD5 where only the FIPS provider is loaded.
public struct CryptographyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was asked for, such as `digest MD5`.
    public let operation: String
    /// OpenSSL's reason; it never holds input octets.
    public let reason: String

    public var description: String { "\(self.operation): \(self.reason)" }

    /// Refused before OpenSSL was asked.
    init(operation: String, reason: String) {
        self.operation = operation
        self.reason = reason
    }

    /// Takes the newest reason off OpenSSL's error queue of this thread and empties the queue.
    init(operation: String) {
        let code = ERR_peek_last_error()
        self.operation = operation
        self.reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "not available in this OpenSSL"
        ERR_clear_error()
    }
}
