import Testing

@testable import TestServer

@Suite struct SharedStoreTests {
    @Test func `an idling client is told of a message that another one appends`() throws {
        let store = Fixture.store()
        var idler = try Fixture.session(store: store)
        var sender = try Fixture.session(store: store, selects: false)
        #expect(idler.say("i IDLE\r\n") == "+ idling\r\n")
        #expect(idler.storeChanged().isEmpty)
        #expect(sender.say("a APPEND INBOX {3+}\r\nabc\r\n").contains("a OK"))
        #expect(String(decoding: idler.storeChanged(), as: UTF8.self) == "* 3 EXISTS\r\n* 1 RECENT\r\n")
        #expect(idler.storeChanged().isEmpty)
        #expect(idler.say("DONE\r\n") == "i OK Idle completed\r\n")
    }

    @Test func `what comes instead of DONE ends IDLE with BAD`() throws {
        var server = try Fixture.session()
        _ = server.say("i IDLE\r\n")
        #expect(server.say("a NOOP\r\n") == "i BAD Expected DONE\r\n")
        #expect(server.say("a NOOP\r\n") == "a OK Nothing done\r\n")
    }

    @Test func `a client that does not idle is told with its next command`() throws {
        let store = Fixture.store()
        var first = try Fixture.session(store: store)
        var second = try Fixture.session(store: store)
        _ = second.say("a STORE 1 +FLAGS (\\Flagged)\r\n")
        #expect(first.storeChanged().isEmpty)
        #expect(first.say("n NOOP\r\n") == "* 1 FETCH (FLAGS (\\Flagged))\r\nn OK Nothing done\r\n")
    }

    @Test func `sequence numbers hold until the client may be told`() throws {
        let store = Fixture.store()
        var first = try Fixture.session(store: store)
        var second = try Fixture.session(store: store)
        _ = second.say("a STORE 1 +FLAGS.SILENT (\\Deleted)\r\nb EXPUNGE\r\n")
        // FETCH, STORE and SEARCH must not renumber (RFC 3501 section 7.4.1): 2 is still UID 11.
        #expect(first.say("a FETCH 2 UID\r\n") == "* 2 FETCH (UID 11)\r\na OK Fetch completed\r\n")
        #expect(first.say("b FETCH 1 UID\r\n") == "b NO [EXPUNGEISSUED] Some messages were expunged\r\n")
        #expect(first.say("c SEARCH ALL\r\n") == "* SEARCH 2\r\nc OK Search completed\r\n")
        #expect(first.say("d NOOP\r\n") == "* 1 EXPUNGE\r\nd OK Nothing done\r\n")
        #expect(first.say("e FETCH 1 UID\r\n") == "* 1 FETCH (UID 11)\r\ne OK Fetch completed\r\n")
    }

    @Test func `a silent STORE does not hide a change of somebody else`() throws {
        let store = Fixture.store()
        var first = try Fixture.session(store: store)
        var second = try Fixture.session(store: store)
        _ = second.say("a STORE 1 +FLAGS (\\Flagged)\r\n")
        let answer = first.say("n STORE 1 +FLAGS.SILENT (\\Answered)\r\n")
        #expect(answer == "* 1 FETCH (FLAGS (\\Answered \\Flagged))\r\nn OK Store completed\r\n")
    }

    @Test func `only the first client to see a message has it as recent`() throws {
        let store = Fixture.store()
        var first = try Fixture.session(store: store, selects: false)
        _ = first.say("a APPEND INBOX {3+}\r\nabc\r\n")
        #expect(first.say("s EXAMINE INBOX\r\n").contains("* 1 RECENT"))
        #expect(first.say("s SELECT INBOX\r\n").contains("* 1 RECENT"))
        #expect(first.say("r SEARCH RECENT\r\n").hasPrefix("* SEARCH 3\r\n"))
        var second = try Fixture.session(store: store, selects: false)
        #expect(second.say("s SELECT INBOX\r\n").contains("* 0 RECENT"))
    }

    @Test func `a mailbox deleted by another client is empty from then on`() throws {
        let store = Fixture.store()
        var first = try Fixture.session(store: store, selects: false)
        var second = try Fixture.session(store: store, selects: false)
        _ = first.say("a CREATE x\r\nb APPEND x {3+}\r\nabc\r\nc SELECT x\r\n")
        _ = second.say("a DELETE x\r\n")
        #expect(first.say("d NOOP\r\n") == "* 1 EXPUNGE\r\nd OK Nothing done\r\n")
        #expect(first.say("e SEARCH ALL\r\n") == "e NO [NONEXISTENT] The mailbox was deleted\r\n")
    }
}
