import Synchronization
public import Traffic

/// The secrets of all key logs of a run, by client random. Readers of files and blocks add to it from any thread.
public final class KeyLog: Sendable {
    private struct Content {
        var secrets: [ClientRandom: [(KeyLogLabel, Secret)]] = [:]
        /// Premaster secrets by the beginning of their encrypted form.
        var premasters: [[UInt8]: Secret] = [:]
        /// The randoms in their order, so that the oldest go first.
        var order: [ClientRandom] = []
        var oldest = 0
        var dropped = 0
    }

    private let content = Mutex(Content())
    private let changes = Atomic<Int>(0)
    /// Connections whose secrets are kept.
    public let limit: Int

    /// - Parameter limit: a connection needs about one KiB.
    public init(limit: Int = 32_768) {
        precondition(limit > 0, "a key log keeps something")
        self.limit = limit
    }

    /// Rises with every secret: who missed one may look again.
    public var revision: Int { self.changes.load(ordering: .acquiring) }

    /// Connections of which there are secrets.
    public var count: Int { self.content.withLock { $0.secrets.count } }

    /// Connections whose secrets went because there were too many.
    public var droppedCount: Int { self.content.withLock { $0.dropped } }

    func insert(_ line: KeyLogLine) {
        guard line.label.isKept else { return }
        self.content.withLock { content in
            guard let random = ClientRandom(line.key) else {
                if content.premasters.count < self.limit { content.premasters[line.key] = line.secret }
                return
            }
            if content.secrets[random] == nil {
                content.order.append(random)
                self.makeRoom(&content)
            }
            var secrets = content.secrets[random] ?? []
            // The newest counts: a line may be repeated, and a program that was cut off may write it again whole.
            secrets.removeAll { $0.0 == line.label }
            secrets.append((line.label, line.secret))
            content.secrets[random] = secrets
        }
        self.changes.wrappingAdd(1, ordering: .releasing)
    }

    private func makeRoom(_ content: inout Content) {
        guard content.secrets.count >= self.limit else { return }
        content.secrets[content.order[content.oldest]] = nil
        content.oldest += 1
        content.dropped += 1
        if content.oldest > 1024, content.oldest * 2 > content.order.count {
            content.order.removeFirst(content.oldest)
            content.oldest = 0
        }
    }

    public func secret(_ label: KeyLogLabel, for random: ClientRandom) -> Secret? {
        self.content.withLock { content in content.secrets[random]?.first { $0.0 == label }?.1 }
    }

    /// Whether there is any secret for a connection.
    public func knows(_ random: ClientRandom) -> Bool {
        self.content.withLock { $0.secrets[random] != nil }
    }

    func premasterSecret(encryptedAs ciphertext: [UInt8]) -> Secret? {
        self.content.withLock { $0.premasters[Array(ciphertext.prefix(8))] }
    }
}
