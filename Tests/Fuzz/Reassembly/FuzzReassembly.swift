import FuzzDriver
import FuzzEntries

@main
struct FuzzReassembly {
    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        _ = LLVMFuzzerRunDriver(&count, &arguments) { octets, length in
            ReassemblyFuzz.run(UnsafeBufferPointer(start: octets, count: length))
            return 0
        }
    }
}
