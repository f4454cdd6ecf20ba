using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>Finds the tensors of a network in a file of published weights.</summary>
/// <param name="weights">The file, and how its tensors are renamed.</param>
/// <param name="architecture">The network.</param>
/// <param name="input">Its input.</param>
internal sealed class WeightMatching(PretrainedWeights weights, NetworkArchitecture architecture, InputLayout input)
{
    /// <exception cref="InvalidDataException">The weights do not fit the network; the message names file and tensor.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A rule or a pattern matches nothing.</exception>
    public MatchedWeights Match(IReadOnlyList<PublishedTensor> tensors)
    {
        architecture.CheckInput(context: null, input);
        var own = new TensorList(RegularizationRecipe.None, long.MaxValue);
        architecture.ListTensors(own, input, outputs: 1);
        try
        {
            return Match(ByName(tensors), own.Shapes);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"The weights in {weights.Place} are not those of {architecture}: {exception.Message}.", exception);
        }
    }

    private MatchedWeights Match(Dictionary<string, PublishedTensor> left, IReadOnlyDictionary<string, long[]> own)
    {
        var (network, prefix) = KindOf(left, own);
        if (weights.Pixels is { ReversesChannels: true } && !network.Rules.Any(rule => rule.ReadsPixels))
            throw Contracts.ExceptUserArg(nameof(weights.Pixels), $"Pixels reverses channels, but which tensor of {architecture} reads them is not known: turn it around in the file.");
        var (taken, values) = (new List<TakenWeight>(), new List<NetworkTensor>());
        foreach (var rule in network.Rules)
        {
            var parts = rule.Parts.Select(part => Take(left, prefix, part)).ToList();
            var made = new NetworkTensor(rule.Own, own[rule.Own], rule.Make([.. parts.Select(part => ValuesOf(part, rule.ReadsPixels))]));
            values.Add(made);
            taken.Add(new TakenWeight(rule.Own, made.Shape, [.. parts.Select(part => part.Stored)]));
        }

        CheckLeft(left.Values, network.Unused, prefix);
        var found = new NetworkWeights(values);
        found.CheckFinite();
        return new MatchedWeights(found, new PretrainedReport([.. taken], [.. left.Values.Select(tensor => tensor.Stored)], [.. own.Keys.Where(name => found.Find(name) is null)]));
    }

    private Dictionary<string, PublishedTensor> ByName(IReadOnlyList<PublishedTensor> tensors)
    {
        var (byName, used) = (new Dictionary<string, PublishedTensor>(), new HashSet<WeightName>());
        foreach (var rule in weights.Names)
            rule.Validate(context: null);
        foreach (var tensor in tensors)
        {
            var rule = weights.Names.FirstOrDefault(rule => rule.Of(tensor.Name) is not null);
            var name = rule?.Of(tensor.Name) ?? tensor.Name;
            if (rule is not null)
                used.Add(rule);
            if (!byName.TryAdd(name, tensor with { Name = name }))
                throw new InvalidDataException($"two of its tensors have the name '{name}', '{byName[name].Stored}' and '{tensor.Stored}'");
        }

        return weights.Names.FirstOrDefault(rule => !used.Contains(rule)) is { } unused
            ? throw Contracts.ExceptUserArg(nameof(weights.Names), $"The rule '{unused}' of Names matches no tensor of {weights.Place}.")
            : byName;
    }

    private (PublishedNetwork Network, string Prefix) KindOf(Dictionary<string, PublishedTensor> tensors, IReadOnlyDictionary<string, long[]> own)
    {
        var kinds = PublishedNetworks.Of(architecture, input, own);

        // The first name alone may be the end of another kind's.
        var found = kinds.Select(kind => (Network: kind, Prefix: kind.PrefixIn(tensors.Keys))).Where(kind => kind.Prefix is not null)
            .OrderByDescending(kind => kind.Network.Rules.Count(rule => tensors.ContainsKey(kind.Prefix + rule.Parts[0].Name))).ToList();
        if (found is [({ } network, { } prefix), ..])
            return (network, prefix);

        var wanted = string.Join(" or ", kinds.Select(kind => $"'{kind.Rules[0].Parts[0].Name}'"));
        throw new InvalidDataException($"there is no tensor {wanted}, by which they are known; {nameof(PretrainedWeights.Names)} may rename those that there are");
    }

    private static PublishedTensor Take(Dictionary<string, PublishedTensor> left, string prefix, PublishedPart part)
    {
        if (!left.Remove(prefix + part.Name, out var tensor))
            throw new InvalidDataException($"the tensor '{prefix + part.Name}' is missing");
        part.Check(tensor);
        return tensor;
    }

    private float[] ValuesOf(PublishedTensor tensor, bool readsPixels)
    {
        var values = tensor.Read();
        if (!readsPixels || weights.Pixels is not { ReversesChannels: true })
            return values;

        var (channels, size, turned) = ((int)tensor.Shape[1], (int)(tensor.Shape[2] * tensor.Shape[3]), new float[values.Length]);
        for (var plane = 0; plane < values.Length / size; plane++)
            values.AsSpan(plane * size, size).CopyTo(turned.AsSpan((plane / channels * channels + channels - 1 - plane % channels) * size));
        return turned;
    }

    private void CheckLeft(IReadOnlyCollection<PublishedTensor> left, IReadOnlyList<string> known, string prefix)
    {
        foreach (var pattern in weights.Unused)
        {
            if (!left.Any(tensor => NamePattern.Matches(pattern, tensor.Name)))
                throw Contracts.ExceptUserArg(nameof(weights.Unused), $"The pattern '{pattern}' of Unused matches no tensor of {weights.Place} that is left.");
        }

        var surplus = left.FirstOrDefault(tensor => !tensor.IsConstant && !weights.Unused.Any(pattern => NamePattern.Matches(pattern, tensor.Name)) && !known.Any(pattern =>
            NamePattern.Matches(pattern, tensor.Name) || NamePattern.Matches(prefix + pattern, tensor.Name)));
        if (surplus is not null)
            throw new InvalidDataException($"there is a tensor {surplus}, which such a network does not have; {nameof(PretrainedWeights.Unused)} may leave it out");
    }
}
