import IMAPProtocol
import IMAPWire
import Traffic

/// What must be remembered of a session to recognise the quirks that no line shows by itself. Bounded by the commands in
/// progress.
struct QuirkWatch {
    /// What a command in progress asked for.
    struct Expectation {
        var exchange: Int
        var asksReturn = false
        var asksText = false
        var gotData = false
        var gotText = false
        var gotEnabled = false
    }

    var scanner: QuirkScanner
    var expectations: [Expectation] = []
    /// Commands that were completed last, newest last.
    var completed: [String] = []
    var byes = 0
    /// The software of the server, when a text named it.
    var software: (name: String, known: String)?

    private static let remembered = 16

    init(literalPrefix: Int) {
        self.scanner = QuirkScanner(literalPrefix: literalPrefix)
    }

    mutating func remember(completed tag: String) {
        guard tag.utf8.count <= 64 else { return }
        if self.completed.count == Self.remembered { self.completed.removeFirst() }
        self.completed.append(tag)
    }

    mutating func expect(_ expectation: Expectation) {
        self.expectations.append(expectation)
    }

    mutating func answered(_ exchange: Int, _ update: (inout Expectation) -> Void) {
        guard let index = self.expectations.firstIndex(where: { $0.exchange == exchange }) else { return }
        update(&self.expectations[index])
    }

    mutating func end(_ exchange: Int) -> Expectation? {
        guard let index = self.expectations.firstIndex(where: { $0.exchange == exchange }) else { return nil }
        return self.expectations.remove(at: index)
    }
}
