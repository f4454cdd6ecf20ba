namespace TabularLeague;

/// <summary>What is predicted of a row.</summary>
internal enum Prediction
{
    /// <summary>One of two classes.</summary>
    Binary,

    /// <summary>One of several classes.</summary>
    Class,

    /// <summary>A number.</summary>
    Number,
}
