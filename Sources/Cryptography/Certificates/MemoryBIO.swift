import COpenSSL

/// OpenSSL's file in memory. What it held is wiped when it goes, so that a key may be written to it.
struct MemoryBIO: ~Copyable {
    let pointer: OpaquePointer

    /// For writing.
    init() throws(CryptographyError) {
        guard let bio = BIO_new(BIO_s_secmem()) else { throw CryptographyError(operation: "memory") }
        self.pointer = bio
    }

    deinit {
        BIO_free(self.pointer)
    }

    /// Calls `body` with what was written so far.
    func withContent<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var start: UnsafePointer<UInt8>?
        let count = imapscope_bio_content(self.pointer, &start)
        return body(UnsafeRawBufferPointer(start: start, count: count))
    }

    var octets: [UInt8] { self.withContent { [UInt8]($0) } }

    /// Calls `body` with a BIO that reads `bytes`.
    static func reading<Result>(_ bytes: UnsafeRawBufferPointer, _ body: (OpaquePointer?) -> Result) -> Result {
        let bio = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
        defer { BIO_free(bio) }
        return body(bio)
    }
}
