namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>
/// Residual networks of convolutions in an ONNX file whose tensors have numbers for names: the graph tells which convolution stands where, and each gets the name
/// that torchvision's networks have for it, <c>layer2.0.conv1.weight</c> with <c>layer2.0.bn1.running_mean</c> and so on.
/// </summary>
internal sealed class OnnxResidualNames
{
    private static readonly string[] NormalizationParts = ["weight", "bias", "running_mean", "running_var"];

    private readonly Dictionary<string, PublishedTensor> _tensors;
    private readonly Dictionary<string, OnnxNode> _producers = [];
    private readonly Dictionary<string, OnnxNode> _normalizations = [];
    private readonly IReadOnlyList<OnnxNode> _nodes;
    private readonly HashSet<OnnxNode> _named = [];

    private OnnxResidualNames(OnnxGraphFile file)
    {
        _tensors = file.Tensors.ToDictionary(tensor => tensor.Stored);
        _nodes = file.Nodes;
        foreach (var node in file.Nodes)
        {
            foreach (var output in node.Outputs)
                _producers.TryAdd(output, node);
            if (node.Operation == "BatchNormalization")
                _normalizations.TryAdd(node.Input(0), node);
        }
    }

    /// <summary>The tensors with names by the graph; as they are where the file has such names itself, or is no such network.</summary>
    /// <exception cref="InvalidDataException">A convolution has no normalization behind it.</exception>
    public static IReadOnlyList<PublishedTensor> Of(OnnxGraphFile file)
    {
        var blocks = file.Nodes.Where(node => node.Operation is "Add" or "Sum" && node.Inputs.Count == 2).ToList();
        return blocks.Count == 0 || file.Tensors.Any(tensor => tensor.Name.EndsWith("conv1.weight", StringComparison.Ordinal)) ? file.Tensors
            : new OnnxResidualNames(file).Name(blocks);
    }

    private IReadOnlyList<PublishedTensor> Name(List<OnnxNode> sums)
    {
        var (layer, block) = (1, 0);
        foreach (var sum in sums)
        {
            var (left, right) = (Path(sum.Input(0)), Path(sum.Input(1)));
            if (left.Values.FirstOrDefault(right.Values.Contains) is not { } start)
                continue;

            var (branch, shortcut) = (Before(left, start), Before(right, start));
            if (branch.Count < shortcut.Count)
                (branch, shortcut) = (shortcut, branch);
            if (shortcut.Count > 0 && block > 0)
                (layer, block) = (layer + 1, 0);
            var name = $"layer{layer}.{block++}.";
            foreach (var (place, convolution) in branch.Index())
                Name(convolution, $"{name}conv{place + 1}", $"{name}bn{place + 1}");
            if (shortcut is [var projection])
                Name(projection, name + "downsample.0", name + "downsample.1");
        }

        if (_named.Count > 0 && _nodes.FirstOrDefault(node => node.Operation == "Conv") is { } stem && !_named.Contains(stem))
            Name(stem, "conv1", "bn1");
        return [.. _tensors.Values];
    }

    // Back from a value through operators of one input, up to the sum or the pooling that the block begins with.
    private (List<string> Values, List<OnnxNode> Convolutions) Path(string value)
    {
        var (values, convolutions) = (new List<string> { value }, new List<OnnxNode>());
        while (_producers.TryGetValue(value, out var node) && node.Operation is "Conv" or "BatchNormalization" or "Relu" or "Clip" && values.Count <= _nodes.Count)
        {
            if (node.Operation == "Conv")
                convolutions.Add(node);
            values.Add(value = node.Input(0));
        }

        return (values, convolutions);
    }

    private static List<OnnxNode> Before((List<string> Values, List<OnnxNode> Convolutions) path, string start)
    {
        var within = path.Values.TakeWhile(value => value != start).ToHashSet();
        return [.. path.Convolutions.Where(convolution => within.Contains(convolution.Output)).Reverse()];
    }

    private void Name(OnnxNode convolution, string name, string normalizationName)
    {
        _named.Add(convolution);
        if (!_normalizations.TryGetValue(convolution.Output, out var normalization))
        {
            throw new InvalidDataException(
                $"no batch normalization follows the convolution '{name}' (the value '{convolution.Output}'): the export has folded it into the weights. Export without "
                + "folding (in PyTorch: training=TrainingMode.PRESERVE, do_constant_folding=False), or take a safetensors file.");
        }

        Rename(convolution.Input(1), name + ".weight");
        foreach (var (place, part) in NormalizationParts.Index())
            Rename(normalization.Input(place + 1), $"{normalizationName}.{part}");
    }

    private void Rename(string stored, string name)
    {
        if (_tensors.TryGetValue(stored, out var tensor))
            _tensors[stored] = tensor with { Name = name };
    }
}
