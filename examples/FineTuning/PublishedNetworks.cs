using System.Reflection;

namespace FineTuningExample;

/// <summary>The published networks, in packages that the build restores.</summary>
internal static class PublishedNetworks
{
    /// <summary>The ResNet-18 of ML.NET's own <c>DnnFeaturizeImage</c>.</summary>
    public static string ResNet { get; } = Find("PublishedResNet");

    /// <summary>What comes before it: blue first, less a mean image.</summary>
    public static string ResNetPreparation { get; } = Find("PublishedResNetPreparation");

    /// <summary>all-MiniLM-L6-v2.</summary>
    public static string MiniLM { get; } = Resource(".onnx");

    /// <summary>Its tokens.</summary>
    public static string Vocabulary { get; } = Resource("vocab.txt");

    // Beside the program, once and for all.
    private static string Resource(string ending)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"minilm{Path.GetExtension(ending)}");
        if (File.Exists(path))
            return path;

        var package = Assembly.LoadFrom(Find("PublishedMiniLM"));
        var name = package.GetManifestResourceNames().Single(name => name.EndsWith(ending, StringComparison.Ordinal));
        var unfinished = $"{path}.{Environment.ProcessId}";
        using (var resource = package.GetManifestResourceStream(name)!)
        using (var file = File.Create(unfinished))
            resource.CopyTo(file);
        File.Move(unfinished, path, overwrite: true);
        return path;
    }

    private static string Find(string key) =>
        typeof(PublishedNetworks).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
