#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Octets that must never reach an output: a password, proof, token or key.
///
/// It has no description but a mask, is not Encodable, and its storage is wiped when the last copy goes.
public struct Secret: Sendable {
    private final class Storage: Sendable {
        let bytes: UnsafeRawBufferPointerBox

        init(_ source: UnsafeRawBufferPointer) {
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(source.count, 1), alignment: 16)
            if source.count > 0 { memory.copyMemory(from: source) }
            self.bytes = UnsafeRawBufferPointerBox(memory: memory, count: source.count)
        }

        deinit {
            explicit_bzero(self.bytes.memory.baseAddress!, self.bytes.memory.count)
            self.bytes.memory.deallocate()
        }
    }

    // Unchecked: the memory is written once, before the box is shared, and only read until deinit.
    private struct UnsafeRawBufferPointerBox: @unchecked Sendable {
        let memory: UnsafeMutableRawBufferPointer
        let count: Int
    }

    private let storage: Storage

    public init(_ bytes: some Collection<UInt8>) {
        var copy = Array(bytes)
        self.storage = copy.withUnsafeBytes { Storage($0) }
        copy.withUnsafeMutableBytes { if let base = $0.baseAddress { explicit_bzero(base, $0.count) } }
    }

    public init(_ text: String) {
        self.init(Array(text.utf8))
    }

    public var count: Int { self.storage.bytes.count }

    /// The only way to the octets. What `body` returns must not hold them longer than it needs.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(self.storage.bytes.memory)[0..<self.count]))
    }

    /// It is no secret any more: somebody wrote asterisks over it.
    public var isMask: Bool { self.withBytes { octets in octets.allSatisfy { $0 == UInt8(ascii: "*") } } }

    /// Compares in a time that does not depend on where the octets differ.
    public func equals(_ other: Secret) -> Bool {
        guard self.count == other.count else { return false }
        return self.withBytes { left in
            other.withBytes { right in
                var difference: UInt8 = 0
                for index in 0..<left.count { difference |= left[index] ^ right[index] }
                return difference == 0
            }
        }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "‹masked›" }
    public var debugDescription: String { "‹masked›" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
