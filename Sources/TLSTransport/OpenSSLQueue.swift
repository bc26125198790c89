import COpenSSL

/// OpenSSL's error queue of this thread. It must be empty before a call whose failure is to be explained by it.
enum OpenSSLQueue {
    static func clear() {
        ERR_clear_error()
    }

    /// Takes OpenSSL's reason for the first failure, such as `wrong version number`, and empties the queue.
    static func takeReason() -> String? {
        let code = ERR_get_error()
        defer { ERR_clear_error() }
        guard code != 0 else { return nil }
        return ERR_reason_error_string(code).map { String(cString: $0) }
    }
}
