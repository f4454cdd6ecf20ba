namespace Microsoft.ML.Regularization.Networks;

/// <summary>Each row becomes one row for each member, times factors of its own: see <see cref="MemberFactorLayer"/>.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Members">Rows that a row becomes.</param>
/// <param name="Width">Numbers of a row.</param>
internal sealed record MemberFactorDescription(string Name, int Members, int Width) : LayerDescription
{
    public override IEnumerable<(string Name, long[] Shape)> Tensors => [(Name + ".factor", [Members, Width])];
}

/// <summary>A linear layer of its own for the row of each member: see <see cref="MemberOutputLayer"/>.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Members">Rows that a row has become.</param>
/// <param name="Inputs">Numbers before it.</param>
/// <param name="Outputs">Numbers behind it.</param>
internal sealed record MemberOutputDescription(string Name, int Members, int Inputs, int Outputs) : LayerDescription
{
    public override IEnumerable<(string Name, long[] Shape)> Tensors =>
        [(Name + ".weight", [(long)Members * Outputs, Inputs]), (Name + ".bias", [(long)Members * Outputs])];
}

/// <summary>The rows of the members become one again, whose prediction is the mean of theirs: see <see cref="MemberMean"/>.</summary>
/// <param name="Members">Rows that a row has become.</param>
/// <param name="AreLogits">Whether probabilities are averaged, else values are.</param>
internal sealed record MemberMeanDescription(int Members, bool AreLogits) : LayerDescription;
