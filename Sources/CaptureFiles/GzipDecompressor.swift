import Deflate
import Traffic

/// RFC 1952, several members included.
final class GzipDecompressor: Decompressor {
    private var inflater: Inflater

    init() throws(DecompressionError) {
        do {
            self.inflater = try Inflater(.gzip, limits: .none)
        } catch {
            throw .damaged(reason: "out of memory")
        }
    }

    var hasPendingOutput: Bool { self.inflater.hasPendingOutput }

    func decompress(_ input: RawSpan, into output: inout [UInt8]) throws(DecompressionError) -> Int {
        do {
            let taken = try self.inflater.inflate(input, outputLimit: 1) { piece in
                piece.withUnsafeBytes { output.append(contentsOf: $0) }
                return .pause
            }
            guard ExpansionLimit.allows(self.inflater.produced, from: self.inflater.taken) else {
                throw DecompressionError.tooMuch(produced: self.inflater.produced)
            }
            return taken
        } catch let error as InflateError {
            throw Self.translated(error)
        } catch let error as DecompressionError {
            throw error
        } catch {
            throw .damaged(reason: "\(error)")
        }
    }

    func finish() throws(DecompressionError) {
        do {
            try self.inflater.finish()
        } catch {
            throw Self.translated(error)
        }
    }

    private static func translated(_ error: InflateError) -> DecompressionError {
        switch error.code {
        case .corrupt(let reason): .damaged(reason: reason)
        case .ratio(_, let actual): .tooMuch(produced: actual)
        case .truncated: .damaged(reason: "the file ends within it")
        case .trailingOctets: .damaged(reason: "something else follows it")
        case .outOfMemory: .damaged(reason: "out of memory")
        }
    }
}
