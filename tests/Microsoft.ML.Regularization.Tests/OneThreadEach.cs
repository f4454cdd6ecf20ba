using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization.Tests;

/// <summary>
/// Tests run beside each other, and libtorch's threads wait for work by spinning: with several for each test they take most of the time from one another. The
/// variable must be there when libtorch is loaded, and .NET's own variables do not reach native code.
/// </summary>
[TestClass]
public static partial class OneThreadEach
{
    [AssemblyInitialize]
    public static void Set(TestContext context)
    {
        if (!OperatingSystem.IsWindows())
            _ = SetVariable("OMP_NUM_THREADS", "1", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
