public import IMAPSession
public import PacketDecoding
public import Traffic

/// Turns the packets of a capture into sessions: link, IP, TCP, what the connection is, and then the session that the live
/// proxy uses too. Both halves take turns here; who has two cores runs them side by side.
public final class CaptureDecoder {
    private let assembler: StreamAssembler
    private let reader: SessionReader

    /// - Parameter observer: is told what a session says, as soon as its number is known.
    public init(options: CaptureOptions = CaptureOptions(), observer: @escaping (ConnectionID) -> any SessionObserver) {
        let reader = SessionReader(options: options, observer: observer)
        self.reader = reader
        self.assembler = StreamAssembler(limits: options.flows) { batch in
            reader.read(batch)
            batch.clear()
        }
    }

    public var totals: CaptureTotals { CaptureTotals(packets: self.assembler.totals, streams: self.reader.totals) }

    /// Takes the next packet of the capture.
    public func packet(_ record: PacketRecord, octets: RawSpan) {
        self.assembler.packet(record, octets: octets)
    }

    /// What the packets until now said is read now.
    public func flush() {
        self.assembler.flush()
    }

    /// The capture has ended.
    public func finish() {
        self.assembler.finish()
        self.reader.finish()
    }
}
