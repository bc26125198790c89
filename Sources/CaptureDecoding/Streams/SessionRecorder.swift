public import IMAPSession
import Traffic

/// Collects what sessions say into batches, for somebody who listens on another thread.
public final class SessionRecorder {
    private let forward: (inout SessionBatch) -> Void
    /// Not checked for overlapping accesses: whoever is given the batch does not come back for it.
    @exclusivity(unchecked) private var batch = SessionBatch()
    /// Slots that are free again.
    private var free: [Int] = []
    private var slots = 0

    /// - Parameter forward: is given a batch whenever there is enough for one. It leaves an empty one.
    public init(forward: @escaping (inout SessionBatch) -> Void) {
        self.forward = forward
    }

    /// The observer of a session that begins.
    public func observer() -> any SessionObserver {
        if let slot = self.free.popLast() { return RecordedSession(self, slot) }
        self.slots += 1
        return RecordedSession(self, self.slots - 1)
    }

    /// Hands on what there is, because nothing more may come for a while.
    public func flush() {
        if !self.batch.isEmpty { self.forward(&self.batch) }
    }

    @inline(__always)
    fileprivate func record(_ append: (inout SessionBatch) -> Void) {
        append(&self.batch)
        if self.batch.isFull { self.forward(&self.batch) }
    }

    fileprivate func giveBack(_ slot: Int) {
        self.free.append(slot)
    }
}

/// One session's way into the batch.
private final class RecordedSession: SessionObserver {
    private let recorder: SessionRecorder
    private let slot: Int

    init(_ recorder: SessionRecorder, _ slot: Int) {
        self.recorder = recorder
        self.slot = slot
    }

    func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
        self.recorder.record { $0.append(message, text, secrets, slot: self.slot) }
    }

    func announced(_ message: Message, text: RawSpan) {
        self.recorder.record { $0.append(announced: message, text, slot: self.slot) }
    }

    func passing(_ message: Message, text: RawSpan) {
        self.recorder.record { $0.append(passing: message, text, slot: self.slot) }
    }

    func literal(_ piece: LiteralPiece, octets: RawSpan) {
        self.recorder.record { $0.append(piece, octets, slot: self.slot) }
    }

    func event(_ event: SessionEvent) {
        self.recorder.record { $0.append(event, slot: self.slot) }
        if case .ended = event { self.recorder.giveBack(self.slot) }
    }
}
