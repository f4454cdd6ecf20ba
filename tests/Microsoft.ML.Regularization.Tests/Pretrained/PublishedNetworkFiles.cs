using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Pretrained;

/// <summary>Files of published networks, in packages that the tests restore.</summary>
internal static class PublishedNetworkFiles
{
    public static string ResNet => Find("PublishedResNet");

    /// <summary>A copy of the network that is a resource of an assembly.</summary>
    public static WeightFile MiniLM() => Resource(".onnx");

    /// <summary>Its vocabulary.</summary>
    public static WeightFile MiniLMVocabulary() => Resource("vocab.txt");

    private static WeightFile Resource(string ending)
    {
        var package = Assembly.LoadFrom(Find("PublishedMiniLM"));
        using var resource = package.GetManifestResourceStream(package.GetManifestResourceNames().Single(name => name.EndsWith(ending, StringComparison.Ordinal)))!;
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return new WeightFile(content.ToArray());
    }

    private static string Find(string key) =>
        typeof(PublishedNetworkFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
