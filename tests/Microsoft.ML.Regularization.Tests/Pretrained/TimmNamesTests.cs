using System.Globalization;

namespace Microsoft.ML.Regularization.Tests.Pretrained;

/// <summary>Tensors under the names and in the shapes that timm's <c>VisionTransformer.state_dict()</c> lists.</summary>
[TestClass]
public sealed class TimmNamesTests
{
    private const int Width = 8;
    private const int Depth = 2;

    private static readonly VisionTransformerArchitecture Network = NetworkArchitecture.VisionTransformer(patch: 4, width: Width, depth: Depth, heads: 2);
    private static readonly ImageShape Image = new(8, 12, 3);

    [TestMethod]
    [DataRow("")]
    [DataRow("model.")]
    public void Each_tensor_comes_to_its_place(string prefix)
    {
        var published = StateDict().ToDictionary(tensor => tensor.Name);
        using var file = WeightFile.Safetensors(published.Values.Select(tensor => tensor with { Name = prefix + tensor.Name }));

        var matched = (PretrainedWeights.FromSafetensors(file.Path) with { Pixels = PixelScaling.ImageNet }).Match(Network, Input);

        CollectionAssert.AreEquivalent(new[] { prefix + "head.weight", prefix + "head.bias" }, matched.Report.Left.ToArray());
        CollectionAssert.AreEqual(new[] { "output.weight", "output.bias" }, matched.Report.New.ToArray());
        Is("embedding.linear.weight", "patch_embed.proj.weight");
        Is("class_token.token", "cls_token");
        Is("positions.table", "pos_embed");
        Is("blocks.1.attention_norm.bias", "blocks.1.norm1.bias");
        Is("blocks.0.attention.qkv.weight", "blocks.0.attn.qkv.weight");
        Is("blocks.1.attention.output.weight", "blocks.1.attn.proj.weight");
        Is("blocks.0.mlp_norm.weight", "blocks.0.norm2.weight");
        Is("blocks.0.hidden.linear.weight", "blocks.0.mlp.fc1.weight");
        Is("blocks.1.linear.weight", "blocks.1.mlp.fc2.weight");
        Is("norm.weight", "norm.weight");

        void Is(string own, string theirs) => CollectionAssert.AreEqual(published[theirs].Values.ToArray(), matched.Weights.Find(own)!.Values.ToArray(), own);
    }

    [TestMethod]
    public void Channels_are_turned_around_in_the_patches()
    {
        var published = StateDict().ToDictionary(tensor => tensor.Name);
        using var file = WeightFile.Safetensors(published.Values);

        var matched = (PretrainedWeights.FromSafetensors(file.Path) with { Pixels = PixelScaling.DnnImageFeaturizer }).Match(Network, Input);

        var (theirs, ours) = (published["patch_embed.proj.weight"].Values.ToArray(), matched.Weights.Find("embedding.linear.weight")!.Values.ToArray());
        for (var unit = 0; unit < Width; unit++)
        {
            for (var channel = 0; channel < 3; channel++)
                CollectionAssert.AreEqual(theirs[((unit * 3 + channel) * 16)..][..16], ours[((unit * 3 + 2 - channel) * 16)..][..16]);
        }
    }

    [TestMethod]
    public void Another_image_size_is_refused_by_its_places()
    {
        using var file = WeightFile.Safetensors(StateDict());
        var error = Assert.ThrowsExactly<InvalidDataException>(() => PretrainedWeights.FromSafetensors(file.Path).ReportFor(Network, new ImageShape(16, 16, 3)));
        Assert.Contains("'pos_embed' has shape (1, 7, 8) instead of (1, 17, 8)", error.Message);
    }

    private static InputLayout Input => new() { Numbers = 8 * 12 * 3, Image = Image };

    private static IEnumerable<NetworkTensor> StateDict()
    {
        var random = new Random(3);
        yield return Tensor("cls_token", 1, 1, Width);
        yield return Tensor("pos_embed", 1, 7, Width);
        yield return Tensor("patch_embed.proj.weight", Width, 3, 4, 4);
        yield return Tensor("patch_embed.proj.bias", Width);
        for (var block = 0; block < Depth; block++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"blocks.{block}.");
            yield return Tensor(name + "norm1.weight", Width);
            yield return Tensor(name + "norm1.bias", Width);
            yield return Tensor(name + "attn.qkv.weight", 3 * Width, Width);
            yield return Tensor(name + "attn.qkv.bias", 3 * Width);
            yield return Tensor(name + "attn.proj.weight", Width, Width);
            yield return Tensor(name + "attn.proj.bias", Width);
            yield return Tensor(name + "norm2.weight", Width);
            yield return Tensor(name + "norm2.bias", Width);
            yield return Tensor(name + "mlp.fc1.weight", 4 * Width, Width);
            yield return Tensor(name + "mlp.fc1.bias", 4 * Width);
            yield return Tensor(name + "mlp.fc2.weight", Width, 4 * Width);
            yield return Tensor(name + "mlp.fc2.bias", Width);
        }

        yield return Tensor("norm.weight", Width);
        yield return Tensor("norm.bias", Width);
        yield return Tensor("head.weight", 1000, Width);
        yield return Tensor("head.bias", 1000);

        NetworkTensor Tensor(string name, params long[] shape) =>
            new(name, shape, Enumerable.Range(0, (int)shape.Aggregate((product, size) => product * size)).Select(_ => random.NextSingle() - 0.5f).ToArray());
    }
}
