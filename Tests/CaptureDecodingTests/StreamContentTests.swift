import Testing
import Traffic

@testable import CaptureDecoding

struct StreamContentTests {
    @Test(arguments: [
        ("* OK ready\r\n", StreamContent.greeting), ("* PREAUTH hi\r\n", .greeting), ("* BYE full\r\n", .greeting),
        ("* 3 EXISTS\r\n", .response), ("a1 OK done\r\n", .response), ("+ \r\n", .response), ("* O", .undecided),
        ("a1 LOGIN u p\r\n", .command), ("1.2 UID FETCH 1 FLAGS\r\n", .command), ("a1 CAPABILITY", .undecided),
        ("GET / HTTP/1.1\r\n", .other), ("220 mail ESMTP\r\n", .other), ("EHLO example.org\r\n", .other),
        ("+OK POP3 ready\r\n", .other), ("USER me\r\n", .other), ("SSH-2.0-OpenSSH\r\n", .other),
        ("\u{1}\u{2}", .other),
    ])
    func `the first line tells what a stream is`(text: String, content: StreamContent) {
        #expect(StreamContent(text.utf8.span.bytes) == content)
    }

    @Test
    func `TLS is told by its record and handshake types`() {
        let hello: [UInt8] = [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC]
        #expect(StreamContent(hello.span.bytes) == .clientHello)
        let server: [UInt8] = [0x16, 3, 3, 0, 60, 2]
        #expect(StreamContent(server.span.bytes) == .serverHello)
        let data: [UInt8] = [0x17, 3, 3, 0, 60, 2]
        #expect(StreamContent(data.span.bytes) == .tlsRecord)
        let short: [UInt8] = [0x16, 3]
        #expect(StreamContent(short.span.bytes) == .undecided)
    }

    @Test
    func `a header of the PROXY protocol is told by its length`() {
        let text = "PROXY TCP4 192.0.2.1 198.51.100.7 56324 143\r\n* OK"
        #expect(StreamContent(text.utf8.span.bytes) == .proxyHeader(45))
        #expect(StreamContent("PROXY TCP4 192".utf8.span.bytes) == .proxyHeader(nil))
        let binary: [UInt8] =
            [0x0D, 0x0A, 0x0D, 0x0A, 0, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x21, 0x11, 0, 12]
            + [192, 0, 2, 1, 198, 51, 100, 7, 0xDC, 4, 0, 143]
        #expect(StreamContent(binary.span.bytes) == .proxyHeader(28))
        let header = ProxyHeader(binary.span.bytes)
        #expect(header.client == Endpoint(host: "192.0.2.1", port: 56324))
        #expect(header.server == Endpoint(host: "198.51.100.7", port: 143))
        #expect(ProxyHeader(text.utf8.span.bytes.extracting(0..<45)).client == header.client)
    }
}
