import FuzzDriver
import FuzzEntries

@main
struct FuzzDecryption {
    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        _ = LLVMFuzzerRunDriver(&count, &arguments) { octets, length in
            DecryptionFuzz.run(UnsafeBufferPointer(start: octets, count: length))
            return 0
        }
    }
}
