using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A user-defined network: see <see cref="ICustomNetwork"/>. It is trained, saved and scored like all others. It has no layers for the recipe's noise, so
/// recipes with <see cref="RegularizationRecipe.Dropout"/> or <see cref="RegularizationRecipe.StochasticDepth"/> are refused; put noise into the module
/// instead, as <c>nn.Dropout</c>. <see cref="RegularizationRecipe.ManifoldMixup"/> can mix the input only. Weight decay applies to parameters whose name ends
/// in <c>weight</c> and that have two or more dimensions.
/// </summary>
/// <remarks>Batches have at least two rows, so that modules may normalize them. Scored by libtorch.</remarks>
[UnionCase("Custom")]
public sealed record CustomArchitecture : NetworkArchitecture
{
    /// <summary>The type that creates the network: its full name and that of its assembly.</summary>
    public required string TypeName { get; init; }

    /// <summary>Its properties, as JSON. Default: none.</summary>
    public string Properties { get; init; } = "{}";

    internal override Capabilities Offers => ReadsTexts ? Capabilities.None : Capabilities.MovableInputs | Capabilities.MixableStates;

    internal override bool NeedsTwoRowsPerBatch => true;

    internal override int MixableStates => ReadsTexts ? 0 : 1;

    internal override NetworkInputs Takes => Factory.InputKind switch
    {
        CustomInputKind.Images => NetworkInputs.Images,
        CustomInputKind.Sequences => NetworkInputs.Sequences,
        CustomInputKind.Texts => NetworkInputs.Texts,
        _ => NetworkInputs.Numbers,
    };

    internal override int MaxTokens => ReadsTexts ? Factory.MaxTokens : 0;

    internal override InputScaling UsualScaling => Factory.InputKind switch
    {
        CustomInputKind.Numbers => InputScaling.RobustSmoothClip,
        CustomInputKind.Texts => InputScaling.None,
        _ => InputScaling.Standardize,
    };

    // It has no layers with the recipe's noise.
    internal override TrainingDefaults DefaultsFor(bool hasClasses) =>
        base.DefaultsFor(hasClasses) with { Recipe = RegularizationRecipe.SmallDataset with { Dropout = null } };

    private ICustomNetwork Factory => CustomType.Create<ICustomNetwork>("network", TypeName, Properties);

    private bool ReadsTexts => Factory.InputKind == CustomInputKind.Texts;

    internal static CustomArchitecture Of(ICustomNetwork factory) => new()
    {
        TypeName = CustomType.NameOf(factory.GetType()), Properties = CustomType.PropertiesOf(factory, "network", nameof(factory)),
    };

    /// <inheritdoc/>
    public override string ToString() => $"Custom({TypeName.Split(',')[0]} {Properties})";

    internal override void Validate(IExceptionContext context)
    {
        var factory = Factory;
        context.CheckDefined(factory.InputKind, nameof(factory.InputKind));
        if (factory.InputKind == CustomInputKind.Texts)
            context.CheckBetween(factory.MaxTokens, nameof(factory.MaxTokens), 1, 65536);
    }

    private protected override string Lack(Capabilities missing) => missing switch
    {
        Capabilities.NoisyLayers or Capabilities.MaskedWeights or Capabilities.LinearLayers =>
            "which has no layers with the recipe's noise (put nn.Dropout into the module)",
        Capabilities.ResidualBlocks => "whose blocks the recipe does not know (skip them in the module)",
        Capabilities.MixableStates => "which reads tokens, and those cannot be mixed",
        _ => base.Lack(missing),
    };

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs) => CustomNetwork.List(tensors, () => Create(input, outputs));

    // The program's own code may throw anything at sizes that it does not expect.
    private Network Create(InputLayout input, int outputs)
    {
        try
        {
            return CreateNetwork(input, outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(0)));
        }
        catch (Exception exception)
        {
            throw new InvalidDataException($"{this} makes no network for {input} and {outputs} outputs: {exception.Message}", exception);
        }
    }

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        var factory = Factory;
        using var generator = GlobalGenerator.Seed(builder.ModuleSeed);
        var module = factory.Create(new CustomNetworkInput(input, factory.InputKind), outputs)
            ?? throw Contracts.Except($"{this} made no module: {nameof(ICustomNetwork.Create)} returned null.");
        var network = new CustomNetwork(module, input, factory.InputKind, builder);
        try
        {
            network.Check(this, input.Width, outputs);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
