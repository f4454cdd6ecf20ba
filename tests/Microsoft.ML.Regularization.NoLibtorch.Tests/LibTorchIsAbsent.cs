namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

[TestClass]
public static class LibTorchIsAbsent
{
    // Where a program brings no libtorch, TorchSharp looks for one in the folder of restored packages, and other projects put it there.
    [AssemblyInitialize]
    public static void Hide_restored_packages(TestContext _) =>
        Environment.SetEnvironmentVariable("NUGET_PACKAGES", Path.Combine(AppContext.BaseDirectory, "no-packages"));
}
