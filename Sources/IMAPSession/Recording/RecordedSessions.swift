public import Traffic

/// Reads recordings: keeps the sessions that are open and hands each what was recorded of it.
public struct RecordedSessions {
    private let options: SessionOptions
    private let observer: (ConnectionID) -> any SessionObserver
    private var open: [ConnectionID: Session] = [:]
    /// Sessions that have begun.
    public private(set) var count = 0
    private var lastTime = Timestamp.zero

    /// - Parameter observer: is told what a session says.
    public init(options: SessionOptions = SessionOptions(), observer: @escaping (ConnectionID) -> any SessionObserver) {
        self.options = options
        self.observer = observer
    }

    /// What was recorded of a session that has not begun, or is over, is left alone.
    public mutating func receive(_ input: RecordedInput) {
        self.lastTime = input.time
        if case .began(let description) = input.kind {
            self.count += 1
            var session = Session(
                description: description,
                options: self.options,
                observer: self.observer(input.session)
            )
            // Recordings hold what stands under TLS and compression.
            session.leavesTLS = true
            session.inflates = false
            self.open[input.session] = session
            return
        }
        guard let index = self.open.index(forKey: input.session) else { return }
        switch input.kind {
        case .began: break
        case .octets(let direction, let octets):
            self.open.values[index].receive(octets.span.bytes, from: direction, at: input.time)
            if self.open.values[index].isUnderTLS { self.open.values[index].goesOnUnderTLS() }
        case .beginsMidStream: self.open.values[index].beginsMidStream()
        case .gap(let direction, let octets):
            self.open.values[index].gap(octets, from: direction, at: input.time)
        case .closed(let direction, let how): self.open.values[index].closed(direction, how, at: input.time)
        case .finding(let finding): self.open.values[index].report(finding, at: input.time)
        case .ended:
            self.open.values[index].ended(at: input.time)
            self.open.remove(at: index)
        }
    }

    /// The recording is over: ends what it left open, in the order in which it began.
    public mutating func finish() {
        for id in self.open.keys.sorted() { self.open[id]?.ended(at: self.lastTime) }
        self.open = [:]
    }
}
