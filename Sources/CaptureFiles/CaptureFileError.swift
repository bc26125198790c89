public import PacketDecoding

/// Why a capture file cannot be read on. What stands before it has been read.
public struct CaptureFileError: Error, Sendable, Hashable {
    public enum Code: Sendable, Hashable {
        /// The system refused to read: errno.
        case unreadable(Int32)
        /// The compression around the capture is damaged or cut; octets of the file that were read until then.
        case compression(Compression, reason: String, offset: UInt64)
        /// More comes out of the compression than any capture holds.
        case tooCompressed(Compression, produced: UInt64)
        case damaged(CaptureError)
    }

    public var code: Code
    /// The path, or what stands for it.
    public var name: String

    public init(_ code: Code, name: String) {
        self.code = code
        self.name = name
    }

    /// Whether the file is a capture at all.
    public var isNoCapture: Bool {
        guard case .damaged(let error) = self.code else { return false }
        switch error.code {
        case .unknownFormat: return true
        case .cut: return error.offset == 0
        default: return false
        }
    }
}

extension CaptureFileError: CustomStringConvertible {
    public var description: String {
        switch self.code {
        case .unreadable(let number): "cannot read \(self.name): error \(number)"
        case .compression(let compression, let reason, let offset):
            "\(self.name): the \(compression.rawValue) compression is damaged at offset \(offset): \(reason)"
        case .tooCompressed(let compression, let produced):
            "\(self.name): \(produced) octets came out of the \(compression.rawValue) compression, more than of any capture"
        case .damaged(let error): "\(self.name): \(error)"
        }
    }
}
