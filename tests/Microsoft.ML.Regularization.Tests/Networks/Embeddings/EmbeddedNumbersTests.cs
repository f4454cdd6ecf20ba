using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Embeddings;

/// <summary>Numbers of two values at most stand behind the vectors of the others.</summary>
[TestClass]
public sealed class EmbeddedNumbersTests
{
    private static readonly InputLayout Flagged = new() { Numbers = 5, Flags = [0, 3], Categories = [new("kind", 1, 12)] };

    private static readonly NetworkBuilder Builder = new(RegularizationRecipe.None, RandomKey.FromSeed(1));

    public static IEnumerable<object[]> Embeddings => [[NumericalEmbedding.Periodic(1)], [NumericalEmbedding.PiecewiseLinear(3, 2)]];

    public static IEnumerable<object[]> Architectures =>
        from embedding in Embeddings
        from architecture in new NetworkArchitecture[]
        {
            NetworkArchitecture.Mlp(4) with { NumericalEmbedding = (NumericalEmbedding)embedding[0] },
            NetworkArchitecture.ResidualMlp(4, 1) with { NumericalEmbedding = (NumericalEmbedding)embedding[0] },
            NetworkArchitecture.RealMlp() with { NumericalEmbedding = (NumericalEmbedding)embedding[0], HiddenSizes = [4] },
            NetworkArchitecture.TabM(3, 4) with { NumericalEmbedding = (NumericalEmbedding)embedding[0] },
        }
        select new object[] { architecture };

    [TestMethod]
    [DynamicData(nameof(Embeddings))]
    public void Vectors_are_those_of_the_quantities_by_themselves_then_come_flags_and_what_follows_them(NumericalEmbedding embedding)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var numbers = EmbeddedNumbers.Create(embedding, Flagged, Builder)!;
        (numbers.Layer as IBinnedLayer)?.TakeEdges([-1, 0, 1, 2, -1, 0, 1, 2, -1, 0, 1, 2]);

        var embedded = EmbeddedNumbers.Embed(numbers, torch.tensor(new float[] { 1, 2, 3, 4, 5, 60, 70 }, [1, 7])).data<float>().ToArray();

        var vectors = numbers.Layer.forward(torch.tensor(new float[] { 2, 3, 5 }, [1, 3])).data<float>().ToArray();
        CollectionAssert.AreEqual(vectors.Concat([1, 4, 60, 70]).ToArray(), embedded);
    }

    [TestMethod]
    public void Without_a_quantity_nothing_is_embedded()
    {
        Assert.IsNull(EmbeddedNumbers.Create(NumericalEmbedding.Periodic(), Flagged with { Flags = [0, 1, 2, 3, 4] }, Builder));
        Assert.IsNull(EmbeddedNumbers.Create(NumericalEmbedding.Periodic(), new InputLayout { Categories = Flagged.Categories }, Builder));
        Assert.IsNull(EmbeddedNumbers.Create(null, Flagged, Builder));
    }

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void The_list_of_tensors_is_the_networks_own(NetworkArchitecture architecture)
    {
        foreach (var input in new[] { Flagged, Flagged with { Flags = [0, 1, 2, 3, 4] }, Flagged with { Flags = [4] } })
        {
            using var network = architecture.CreateNetwork(input, 3, Builder);
            var tensors = new TensorList(RegularizationRecipe.None, NetworkArchitecture.MostWeights);
            architecture.ListTensors(tensors, input, 3);

            CollectionAssert.AreEquivalent(
                NetworkWeights.CopyOf(network).Tensors.Select(tensor => $"{tensor.Name} {TensorEntry.Describe(tensor.Shape)}").ToList(),
                tensors.Shapes.Select(tensor => $"{tensor.Key} {TensorEntry.Describe(tensor.Value)}").ToList());
            Assert.AreEqual(input.QuantityCount > 0, tensors.Shapes.Keys.Any(name => name.StartsWith("numbers.", StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Embeddings))]
    public void Gradients_are_those_of_finite_differences(NumericalEmbedding embedding)
    {
        using var scope = torch.NewDisposeScope();
        var architecture = NetworkArchitecture.Mlp(4) with { Activation = Activation.Tanh, NumericalEmbedding = embedding };
        using var network = architecture.CreateNetwork(new InputLayout { Numbers = 4, Flags = [1, 3] }, 2, Builder);
        foreach (var binned in network.modules().OfType<IBinnedLayer>())
            binned.TakeEdges([-1, 0, 1, 2, -1, 0, 1, 2]);
        GradientCheck.AssertRight(network, torch.tensor(new float[] { -0.3f, 1, 0.4f, 0, 1.7f, 0, -0.6f, 1 }, [2, 4]));
    }

    /// <summary>The factors that a member of TabM starts with are the same for all that a number has become, and a flag has one of its own.</summary>
    [TestMethod]
    public void A_flag_has_a_factor_of_its_own_for_each_member()
    {
        var architecture = NetworkArchitecture.TabM(64, 4) with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(3, 2) };
        using var network = architecture.CreateNetwork(Flagged with { Categories = [] }, 3, Builder);
        var factors = NetworkWeights.CopyOf(network).Find("members.factor")!;
        CollectionAssert.AreEqual(new long[] { 64, 3 * 2 + 2 }, factors.Shape.ToArray());
        for (var member = 0; member < 64; member++)
        {
            var own = factors.Values.Span.Slice(member * 8, 8).ToArray();
            Assert.AreEqual((own[0], own[2], own[4]), (own[1], own[3], own[5]));
            Assert.HasCount(5, own.Distinct().ToList());
        }
    }

    [TestMethod]
    public void Layouts_are_equal_whatever_is_learned_of_their_rows() => Assert.AreEqual(Flagged with { Flags = [] }, Flagged);
}
