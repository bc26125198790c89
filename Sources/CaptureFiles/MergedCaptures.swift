public import PacketDecoding
import Traffic

/// Several capture files read as one, in the order of their packets' times.
///
/// The order within each file stays: times that go backwards are the file's affair.
public struct MergedCaptures {
    private struct Source {
        var file: CaptureFile
        /// The packet that is next; nil when the file has ended.
        var next: PacketRecord?
    }

    private var sources: [Source]
    /// Files that could not be read to their end, in the order in which that was found.
    public private(set) var damages: [CaptureFileError] = []
    /// Takes keys as they come.
    private let secrets: (UInt32, RawSpan) -> Void
    private var current: Int?

    /// - Parameter secrets: is given the keys of each file's secrets blocks, with their type, before later packets.
    public init(_ files: [CaptureFile], secrets: @escaping (UInt32, RawSpan) -> Void) {
        self.sources = files.map { Source(file: $0, next: nil) }
        self.secrets = secrets
        for index in self.sources.indices { self.advance(index) }
    }

    /// Calls `body` with the next packet of all files and the number of its file; false at the end.
    public mutating func next(_ body: (PacketRecord, Int, RawSpan) -> Void) -> Bool {
        if let current = self.current { self.advance(current) }
        let first = self.earliest
        self.current = first
        guard let first, let record = self.sources[first].next else { return false }
        self.sources[first].file.withOctets(record.octets) { body(record, first, $0) }
        return true
    }

    /// The file whose next packet is the earliest; of several the one that was named first.
    private var earliest: Int? {
        guard self.sources.count > 1 else { return self.sources.isEmpty ? nil : 0 }
        var first: Int?
        for index in self.sources.indices {
            guard let time = self.sources[index].next?.time else { continue }
            if let known = first, let earliest = self.sources[known].next?.time, earliest <= time { continue }
            first = index
        }
        return first
    }

    private mutating func advance(_ index: Int) {
        let file = self.sources[index].file
        self.sources[index].next = nil
        do throws(CaptureFileError) {
            while true {
                switch try file.next() {
                case .packet(let record):
                    self.sources[index].next = record
                    return
                case .secrets(let type, let range): file.withOctets(range) { self.secrets(type, $0) }
                case .end: return
                }
            }
        } catch {
            self.damages.append(error)
        }
    }
}
