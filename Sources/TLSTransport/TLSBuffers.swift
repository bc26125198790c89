public import NIOCore

/// Large buffers that the TLS handlers of one event loop use in turn, so that an idle connection holds none.
public final class TLSBuffers {
    /// Octets that are encrypted or decrypted at once: four records.
    static let chunk = 65_536
    /// More than a record adds: header, IV, MAC, padding, and TLS 1.0's empty record before each.
    static let recordOverhead = 256
    static let record = 16_384
    static let capacity = TLSBuffers.chunk + 4 * TLSBuffers.recordOverhead

    private static let limit = 8

    private var spares: [ByteBuffer] = []
    private let reuseInput: ((ByteBuffer) -> Void)?

    /// `reuseInput` gets every buffer of the channel back once it was decrypted.
    public init(reuseInput: ((ByteBuffer) -> Void)? = nil) {
        self.reuseInput = reuseInput
    }

    /// A buffer that nobody else refers to.
    func take(_ allocator: ByteBufferAllocator) -> ByteBuffer {
        guard var buffer = self.spares.popLast() else { return allocator.buffer(capacity: Self.capacity) }
        // Makes new storage when somebody still refers to the old one.
        buffer.clear(minimumCapacity: Self.capacity)
        return buffer
    }

    func put(_ buffer: ByteBuffer) {
        if self.spares.count < Self.limit { self.spares.append(buffer) }
    }

    func decrypted(_ input: ByteBuffer) {
        self.reuseInput?(input)
    }
}
