using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Search;

/// <summary>Tells searches apart whose trials would not be the same: by the space, and by the files or rows. Where either differs, so does the text.</summary>
internal static class SearchFingerprint
{
    // What changes no weights, or is told in another way.
    private static readonly string[] Indifferent =
    [
        nameof(NeuralNetworkOptions.Progress), nameof(NeuralNetworkOptions.CancellationToken), nameof(NeuralNetworkOptions.ValidationSet),
        nameof(NeuralNetworkOptions.KeepMemory),
    ];

    /// <param name="space">The space.</param>
    /// <param name="data">The rows.</param>
    /// <param name="files">The files that the rows come from; where there are any, they are read instead of the rows.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Of(SearchSpace space, IDataView data, ValueList<string> files)
    {
        var rows = files.Count == 0 ? RowsHash.Of(data) : string.Join(' ', files.Select(HashOf));
        if (files.Count == 0 && space.BaseOptions.ValidationSet is { } validation)
            rows += " " + RowsHash.Of(validation);
        return $"space {Short(Describe(space))} rows {Short(rows)}";
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }

    private static string Describe(SearchSpace space)
    {
        var text = new StringBuilder();
        Add("as given", space.BaseOptions);
        foreach (var (name, options) in space.Starts)
            Add(name, options);
        foreach (var dimension in space.Dimensions)
        {
            text.Append(dimension.Name).Append(": ").AppendLine(dimension.Range);
            foreach (var value in dimension.Extremes)
                Add(dimension.Write(value), dimension.Apply(space.BaseOptions, value));
        }

        return text.ToString();

        void Add(string what, NeuralNetworkOptions options)
        {
            text.AppendLine(what);
            foreach (var (name, value) in OptionFields.Of(options, Indifferent))
                text.Append(name).Append(" = ").AppendLine(value);
        }
    }

    private static string Short(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
