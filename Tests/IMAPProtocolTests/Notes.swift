import IMAPProtocol

/// Asks for a note about a line, which gets a line end.
enum Notes {
    static func command(_ line: String, masked: [Range<Int>] = []) -> String? {
        var annotator = Annotator()
        return annotator.command(Array((line + "\r\n").utf8).span.bytes, masked: masked)
    }

    static func response(
        _ line: String,
        answering: Command? = nil,
        isUID: Bool = false,
        isGreeting: Bool = false
    ) -> String? {
        var annotator = Annotator()
        let octets = Array((line + "\r\n").utf8)
        return annotator.response(octets.span.bytes, answering: answering, isUID: isUID, isGreeting: isGreeting)
    }
}
