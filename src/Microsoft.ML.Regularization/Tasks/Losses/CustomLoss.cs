using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>A user-defined loss: see <see cref="ICustomLoss"/>.</summary>
[UnionCase("custom")]
public sealed record CustomLoss : LossFunction
{
    private const string Role = "loss";

    /// <summary>The type that computes the loss: its full name and that of its assembly.</summary>
    public required string TypeName { get; init; }

    /// <summary>Its properties, as JSON. Default: none.</summary>
    public string Properties { get; init; } = "{}";

    internal override Capabilities Offers => Create().TakesMixedTargets ? Capabilities.MixedTargets : Capabilities.None;

    internal static CustomLoss Of(ICustomLoss loss) => new()
    {
        TypeName = CustomType.NameOf(loss.GetType()), Properties = CustomType.PropertiesOf(loss, Role, nameof(loss)),
    };

    internal override bool IsFor(Capabilities task) => task.HasFlag(Capabilities.Classes) == Create().IsOfClasses;

    internal override Objective CreateObjective(RegularizationRecipe recipe) => new CustomObjective(ToString(), Create());

    internal override void Validate(IExceptionContext context) => Create();

    /// <inheritdoc/>
    public override string ToString() => $"custom loss ({TypeName.Split(',')[0]} {Properties})";

    private ICustomLoss Create() => CustomType.Create<ICustomLoss>(Role, TypeName, Properties);
}
