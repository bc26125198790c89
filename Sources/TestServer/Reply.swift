import IMAPProtocol

/// The answer to a command: untagged responses, then the tagged one.
struct Reply: Sendable {
    var lines: [OutputLine]
    var status: Status
    var code: String?
    var text: String
    /// The connection ends after it.
    var closes = false

    init(_ text: String, code: String? = nil, lines: [OutputLine] = []) {
        self.status = .ok
        self.code = code
        self.text = text
        self.lines = lines
    }

    init(_ problem: CommandProblem) {
        self.status = problem.status
        self.code = problem.code
        self.text = problem.text
        self.lines = []
    }

    /// The status response that ends the answer.
    func statusLine(tag: String) -> OutputLine {
        OutputLine("\(tag) \(self.status.name) \(self.code.map { "[\($0)] " } ?? "")\(self.text)")
    }
}
