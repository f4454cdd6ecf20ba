namespace Microsoft.ML.Regularization.Tests.Training.Checkpoints;

/// <summary>A folder of one test's own, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("checkpoints").FullName;

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public byte[] Last => File.ReadAllBytes(this["last.safetensors"]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
