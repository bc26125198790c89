import NIOCore

/// The one large receive buffer of an event loop.
///
/// Octets are almost always passed on before the next read, so one buffer serves every connection: an idle connection
/// holds none, a busy one always reads into warm memory.
final class SharedReceiveBuffer {
    /// Large enough that a bulk transfer costs few system calls, small enough for the cache.
    static let capacity = 262_144

    private var spare: ByteBuffer?

    /// Hands out a buffer that nobody else refers to.
    func take(_ allocator: ByteBufferAllocator) -> ByteBuffer {
        guard var buffer = self.spare else { return allocator.buffer(capacity: Self.capacity) }
        self.spare = nil
        // Makes new storage when an unfinished write still refers to the old one.
        buffer.clear()
        return buffer
    }

    /// Takes a buffer back that has been read.
    func put(_ buffer: ByteBuffer) {
        if buffer.storageCapacity == Self.capacity { self.spare = buffer }
    }
}

/// Gives each read the shared buffer.
///
/// NIO keeps the first buffer of a channel for ever and, told that sizes are unknown and may grow, asks for a new one at
/// every further read: so the first is small, and the others are the shared one.
struct SharedReceiveAllocator: RecvByteBufferAllocator {
    static let firstCapacity = 512

    let shared: NIOLoopBound<SharedReceiveBuffer>
    private var hasRead = false

    init(_ shared: NIOLoopBound<SharedReceiveBuffer>) {
        self.shared = shared
    }

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        guard self.hasRead else { return allocator.buffer(capacity: Self.firstCapacity) }
        return self.shared.value.take(allocator)
    }

    mutating func record(actualReadBytes: Int) -> Bool {
        self.hasRead = true
        return true
    }
}
