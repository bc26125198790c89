import IMAPProtocol
import Testing
import Traffic

@Suite("notes that name UIDs")
struct KnownUIDsTests {
    private static let known: KnownUIDs = {
        var known = KnownUIDs()
        for (number, uid) in [(10, 17), (12, 20), (15, 33)] as [(UInt64, UInt32)] {
            known.insert(number: number, uid: uid)
        }
        return known
    }()

    private func response(_ text: String) -> String? {
        var annotator = Annotator()
        annotator.knownUIDs = Self.known
        let octets = Array("\(text)\r\n".utf8)
        return annotator.response(octets.span.bytes, answering: nil, isUID: false, isGreeting: false)
    }

    private func command(_ text: String) -> String? {
        var annotator = Annotator()
        annotator.knownUIDs = Self.known
        let octets = Array("\(text)\r\n".utf8)
        return annotator.command(octets.span.bytes, masked: [])
    }

    @Test(
        arguments: [
            ("* 10 EXPUNGE", "message 10 (UID 17)"), ("* 10 FETCH (FLAGS (\\Seen))", "message 10 (UID 17):"),
        ]
    )
    func `a response about a number names its UID`(text: String, words: String) throws {
        #expect(try #require(self.response(text)).contains(words))
    }

    @Test(
        arguments: [
            ("a FETCH 10 FLAGS", "message 10 (UID 17)"), ("a STORE 10 +FLAGS (\\Seen)", "message 10 (UID 17)"),
            ("a FETCH 10,12 FLAGS", "messages 10 (UID 17) and 12 (UID 20)"),
            ("a COPY 12:15 x", "12-15 (UIDs 20-33)"), ("a COPY 12:16,10 x", "12-16 and 10 (UID 17)"),
        ]
    )
    func `a command on numbers names their UIDs`(text: String, words: String) throws {
        #expect(try #require(self.command(text)).contains(words))
    }

    @Test(arguments: ["* 11 EXPUNGE", "* 11 FETCH (FLAGS (\\Seen))"])
    func `an unknown UID is not named`(text: String) throws {
        #expect(!(try #require(self.response(text)).contains("UID")))
    }

    @Test
    func `only so many are kept`() {
        var known = KnownUIDs()
        for number in 1...UInt64(1000) { known.insert(number: number, uid: UInt32(number)) }
        #expect(known.uid(of: 1) == 1)
        #expect(known.uid(of: UInt64(KnownUIDs.limit)) == UInt32(KnownUIDs.limit))
        #expect(known.uid(of: UInt64(KnownUIDs.limit) + 1) == nil)
        #expect(known.uid(of: 1000) == nil)
    }
}
